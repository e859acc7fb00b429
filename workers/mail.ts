/** Messages between threads without an event loop: a thread that has nothing to do sleeps until its bell rings. */
import { MessageChannel, type MessagePort, receiveMessageOnPort } from "node:worker_threads"
import type { Mail, Message } from "../bench/throughput/talk.ts"

/** One thread's end: a port to each other thread (none to itself), and the bells of all. */
export type MailBox = {
  readonly thread: number
  readonly ports: readonly (MessagePort | undefined)[]
  /** How often each thread was rung for. */
  readonly bells: Int32Array
}

/** Boxes for so many threads, each connected with each. */
export function createMailBoxes(threads: number): MailBox[] {
  const bells = new Int32Array(new SharedArrayBuffer(threads * Int32Array.BYTES_PER_ELEMENT))
  const ports = Array.from({ length: threads }, () =>
    new Array<MessagePort | undefined>(threads).fill(undefined),
  )
  for (const [low, row] of ports.entries()) {
    for (const [high, other] of ports.entries()) {
      if (low >= high) continue
      const { port1, port2 } = new MessageChannel()
      row[high] = port1
      other[low] = port2
    }
  }
  return ports.map((own, thread) => ({ thread, ports: own, bells }))
}

export const portsOf = ({ ports }: MailBox): MessagePort[] => ports.flatMap((port) => port ?? [])

/** Bytes are copied for each thread: up to 64 kB that costs no more than to transfer or to share them. */
export function openMailBox(box: MailBox): Mail & { readonly wait: () => void } {
  const { thread, ports, bells } = box
  const own = portsOf(box)
  let heard = 0
  return {
    post(to, message) {
      ports[to]?.postMessage(message)
      Atomics.add(bells, to, 1)
      Atomics.notify(bells, to)
    },
    take() {
      heard = Atomics.load(bells, thread) // before looking: who posts afterwards rings once more
      return own.flatMap(everythingOn)
    },
    wait: () => void Atomics.wait(bells, thread, heard),
  }
}

function everythingOn(port: MessagePort): Message[] {
  const messages: Message[] = []
  for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
    messages.push(next.message)
  }
  return messages
}
