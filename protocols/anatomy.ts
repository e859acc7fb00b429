/** Messages and states taken apart for a reader: what each byte is, and what each secret opens. */
import type { MemberId } from "./ids.ts"
import { layOut } from "./protobuf.ts"

/** What a byte string is to somebody who sees it. */
export type PartKind =
  /** Says what follows: kind, version, tags and lengths. */
  | "framing"
  /** Identifiers and counters. */
  | "number"
  | "public-key"
  /** A key that stands open in these bytes, which are inside an encryption. */
  | "secret"
  | "ciphertext"
  /** A signature or MAC. */
  | "proof"
  | "text"

/** A stretch of a message; the parts of a message are all of its bytes, in order. */
export type Part = { readonly name: string; readonly kind: PartKind; readonly bytes: Uint8Array }

/** What a field of a protobuf message is; one that holds a message of its own is taken apart further. */
export type FieldLabel =
  | Pick<Part, "name" | "kind">
  | { readonly nested: (bytes: Uint8Array) => readonly Part[] }

export const framing = (name: string, bytes: Uint8Array): Part => ({ name, kind: "framing", bytes })

/** The parts of a protobuf message, by field number from 1. @throws ProtocolError `bad-encoding` */
export function labelled(bytes: Uint8Array, labels: readonly FieldLabel[]): Part[] {
  return layOut(bytes).flatMap(({ number, head, value }): Part[] => {
    const label = labels[number - 1] ?? { name: "unknown", kind: "framing" }
    const body = "nested" in label ? label.nested(value) : [{ ...label, bytes: value }]
    return [framing("field and length", head), ...body]
  })
}

/** A secret in a member's state, by a name that stays while its bytes change. */
export type HeldSecret = {
  readonly name: string
  /** Whose messages it opens, or whom its channel is with; none for keys of the device itself. */
  readonly member: MemberId | undefined
  readonly bytes: Uint8Array
}
