/**
 * The one encoding that our own protocols put around messages, so that byte counts compare: a byte that says
 * what follows, then the rest of the packet.
 */
import { concat } from "./bytes.ts"
import { ProtocolError } from "./errors.ts"

export const tagged = (tag: number, body: Uint8Array): Uint8Array => concat(Uint8Array.of(tag), body)

/** @throws ProtocolError `bad-encoding` when empty; which tags are allowed is the caller's to know */
export function untagged(bytes: Uint8Array): { readonly tag: number; readonly body: Uint8Array } {
  const [tag] = bytes
  if (tag === undefined) throw new ProtocolError("bad-encoding")
  return { tag, body: bytes.subarray(1) }
}

/** First byte of a group message on the wire: libsignal's number for it. */
export const SENDER_KEY_MESSAGE = 7

/** First byte of a message that changes the group, where the members tell one another of it. */
export const CONTROL_MESSAGE = 64

/** First byte of what a two-party channel carries, inside its encryption. */
export const CONTENT = {
  /** Nothing: the message itself, by moving the ratchet, is the point. */
  ratchetStep: 0,
  /** An application message. */
  message: 1,
  /** A sender key distribution message. */
  distribution: 2,
  /** A secret that travels with a control message. */
  secret: 3,
  /** A group as a newcomer is told of it. */
  welcome: 4,
} as const

export const RATCHET_STEP = tagged(CONTENT.ratchetStep, new Uint8Array())
