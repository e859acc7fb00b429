/** The sender keys in a member's state, taken apart. */
import type { HeldSecret } from "../anatomy.ts"
import type { SenderKeysState } from "./sender-keys.ts"

/** Its own chain and signature key, and the chains that others gave it; not those of its channels. */
export function senderKeySecrets({ me, own, received }: SenderKeysState<unknown>): HeldSecret[] {
  return [...(own === undefined ? [] : ownSecrets(me, own.key)), ...[...received].flatMap(receivedSecrets)]
}

type Own = NonNullable<SenderKeysState<unknown>["own"]>["key"]
type Received = SenderKeysState<unknown>["received"] extends Map<string, infer States> ? States : never

const ownSecrets = (me: string, { chainId, chainKey, signing }: Own): HeldSecret[] => [
  { name: `sender chain ${chainName(chainId)}`, member: me, bytes: chainKey },
  { name: `private signature key of chain ${chainName(chainId)}`, member: me, bytes: signing.secret },
]

function receivedSecrets([name, states]: readonly [string, Received]): HeldSecret[] {
  const sender = name.slice(0, name.lastIndexOf("/"))
  return states.map(({ chainId, chainKey }) => ({
    name: `sender chain ${chainName(chainId)}`,
    member: sender,
    bytes: chainKey,
  }))
}

const chainName = (chainId: number): string => chainId.toString(16).padStart(8, "0")
