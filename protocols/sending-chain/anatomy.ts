/** SenderKeyDistributionMessage and SenderKeyMessage taken apart; their fields are those of `messages.ts`. */
import { type FieldLabel, framing, labelled, type Part } from "../anatomy.ts"
import { SIGNATURE_LENGTH } from "./messages.ts"

const HEADER: readonly FieldLabel[] = [
  { name: "distribution id", kind: "number" },
  { name: "chain id", kind: "number" },
  { name: "iteration", kind: "number" },
]
const DISTRIBUTION: readonly FieldLabel[] = [
  ...HEADER,
  { name: "chain key", kind: "secret" },
  { name: "signature key, public half", kind: "public-key" },
]
const MESSAGE: readonly FieldLabel[] = [...HEADER, { name: "ciphertext", kind: "ciphertext" }]

/** @throws ProtocolError `bad-encoding` */
export const distributionParts = (bytes: Uint8Array): Part[] => [
  framing("version", bytes.subarray(0, 1)),
  ...labelled(bytes.subarray(1), DISTRIBUTION),
]

/** @throws ProtocolError `bad-encoding` */
export const groupMessageParts = (bytes: Uint8Array): Part[] => [
  framing("version", bytes.subarray(0, 1)),
  ...labelled(bytes.subarray(1, -SIGNATURE_LENGTH), MESSAGE),
  { name: "signature", kind: "proof", bytes: bytes.subarray(-SIGNATURE_LENGTH) },
]
