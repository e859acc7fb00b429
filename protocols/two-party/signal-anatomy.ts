/** What the channel `signal` sends and keeps, taken apart; fields are those of `messages.ts` and `prekeys.ts`. */
import { type FieldLabel, framing, type HeldSecret, labelled, type Part } from "../anatomy.ts"
import { toHex } from "../bytes.ts"
import type { KeyPair } from "../crypto/suite.ts"
import type { MemberId } from "../ids.ts"
import { untagged } from "../wire.ts"
import { MAC_LENGTH } from "./messages.ts"
import type { Peer, Session } from "./sessions.ts"
import { type SignalChannels, TYPES } from "./signal.ts"

const SIGNAL: readonly FieldLabel[] = [
  { name: "ratchet key", kind: "public-key" },
  { name: "counter", kind: "number" },
  { name: "previous counter", kind: "number" },
  { name: "ciphertext", kind: "ciphertext" },
]
const PREKEY: readonly FieldLabel[] = [
  { name: "one-time prekey used", kind: "number" },
  { name: "base key", kind: "public-key" },
  { name: "identity key", kind: "public-key" },
  { nested: signalMessageParts },
  { name: "registration id", kind: "number" },
  { name: "signed prekey used", kind: "number" },
]
const BUNDLE: readonly FieldLabel[] = [
  { name: "registration id", kind: "number" },
  { name: "identity key", kind: "public-key" },
  { name: "number of the signed prekey", kind: "number" },
  { name: "signed prekey", kind: "public-key" },
  { name: "signature over the signed prekey", kind: "proof" },
  { name: "number of the one-time prekey", kind: "number" },
  { name: "one-time prekey", kind: "public-key" },
]

/** A ciphertext of the channel with its byte that names the kind. @throws ProtocolError `bad-encoding` */
export function channelMessageParts(bytes: Uint8Array): Part[] {
  const { tag, body } = untagged(bytes)
  const parts = tag === TYPES.prekey ? preKeyMessageParts(body) : signalMessageParts(body)
  return [framing("kind", bytes.subarray(0, 1)), ...parts]
}

function preKeyMessageParts(bytes: Uint8Array): Part[] {
  return [framing("version", bytes.subarray(0, 1)), ...labelled(bytes.subarray(1), PREKEY)]
}

function signalMessageParts(bytes: Uint8Array): Part[] {
  return [
    framing("version", bytes.subarray(0, 1)),
    ...labelled(bytes.subarray(1, -MAC_LENGTH), SIGNAL),
    { name: "MAC", kind: "proof", bytes: bytes.subarray(-MAC_LENGTH) },
  ]
}

/** @throws ProtocolError `bad-encoding` */
export const bundleParts = (bytes: Uint8Array): Part[] => labelled(bytes, BUNDLE)

/** The secrets of one device's channels, its prekeys included. */
export const channelSecrets = ({ keys, peers }: SignalChannels): HeldSecret[] => [
  deviceSecret("private identity key", keys.identity),
  ...Array.from(keys.signedPreKeys, ([id, { pair }]) => deviceSecret(`private signed prekey ${id}`, pair)),
  ...Array.from(keys.preKeys, ([id, pair]) => deviceSecret(`private one-time prekey ${id}`, pair)),
  ...Array.from(peers).flatMap(([member, peer]) => sessionsOf(peer).flatMap(secretsWith(member))),
]

const deviceSecret = (name: string, { secret }: KeyPair): HeldSecret => ({
  name,
  member: undefined,
  bytes: secret,
})

const sessionsOf = ({ current, archived }: Peer): readonly Session[] =>
  current === undefined ? archived : [current, ...archived]

const secretsWith =
  (member: MemberId) =>
  ({ rootKey, sending, receiving }: Session): HeldSecret[] => [
    { name: "root key", member, bytes: rootKey },
    { name: "private ratchet key", member, bytes: sending.ratchet.secret },
    { name: "sending chain", member, bytes: sending.chainKey },
    ...receiving.map(({ ratchetKey, chainKey }) => ({
      name: `receiving chain ${toHex(ratchetKey).slice(0, 8)}`,
      member,
      bytes: chainKey,
    })),
  ]
