/** A thread of a throughput measurement: its members talk with those of the other threads. */
import { parentPort, workerData } from "node:worker_threads"
import { monotonicClock } from "../bench/meter/clock.ts"
import { loadThread, type ThreadShare } from "../bench/throughput/thread.ts"
import { type MailBox, openMailBox } from "./mail.ts"

export type ThreadAssignment = { readonly share: ThreadShare; readonly box: MailBox }

const { share, box } = workerData as ThreadAssignment
const mail = openMailBox(box)
const talk = await loadThread(share, mail, monotonicClock)
let turn = talk.next()
for (; !turn.done; turn = talk.next()) {
  if (turn.value === "waiting") mail.wait()
  else await turn.value
}
if (turn.value !== undefined) parentPort?.postMessage(turn.value)
