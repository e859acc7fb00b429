/**
 * Sender Keys over the channel `signal`, taken apart for a reader: what each byte on the wire is, and which secrets
 * a member holds. Nothing here is needed to run the protocol.
 */
import { framing, type HeldSecret, type Part } from "./anatomy.ts"
import { senderKeySecrets } from "./sender-keys/anatomy.ts"
import type { SenderKeysState } from "./sender-keys/sender-keys.ts"
import { distributionParts, groupMessageParts } from "./sending-chain/anatomy.ts"
import type { SignalChannels } from "./two-party/signal.ts"
import { channelSecrets } from "./two-party/signal-anatomy.ts"
import { CONTENT, untagged } from "./wire.ts"

export { bundleParts, channelMessageParts } from "./two-party/signal-anatomy.ts"

/** A group message with its byte that names the kind. @throws ProtocolError `bad-encoding` */
export const broadcastParts = (bytes: Uint8Array): Part[] => [
  framing("kind", bytes.subarray(0, 1)),
  ...groupMessageParts(untagged(bytes).body),
]

/** What a two-party ciphertext holds, once decrypted. @throws ProtocolError `bad-encoding` */
export function contentParts(content: Uint8Array): Part[] {
  const { tag, body } = untagged(content)
  const kind = framing("content", content.subarray(0, 1))
  return tag === CONTENT.distribution ? [kind, ...distributionParts(body)] : [kind]
}

/** All secrets in the state of a member of a group of `sender-keys`, whose channels are `signal`. */
export function secretsIn(state: unknown): HeldSecret[] {
  const own = state as SenderKeysState<SignalChannels>
  return [...senderKeySecrets(own), ...channelSecrets(own.channels)]
}
