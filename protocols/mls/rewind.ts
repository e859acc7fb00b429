/**
 * A chain of message keys, turned back. For a message that was overtaken ts-mls keeps the secret of its generation instead
 * of its key (RFC 9420 §9.2 asks for the key): as long as that message is under way, all later ones of its sender in that
 * epoch follow from it, those included that were read and whose keys are gone.
 */
import type { GroupState } from "ts-mls"
import type { MemberId } from "../ids.ts"
import { leafOf } from "./state.ts"

type SecretTree = GroupState["secretTree"]

/** @returns the group with the chain of `sender` in `epoch` at the oldest message that is awaited; undefined for none */
export function rewound(group: GroupState, epoch: bigint, sender: MemberId): GroupState | undefined {
  const past = group.historicalReceiverData.get(epoch)
  const leaf = leafOf((past ?? group).ratchetTree, sender)
  const secretTree = leaf === undefined ? undefined : turnedBack((past ?? group).secretTree, 2 * leaf)
  if (secretTree === undefined) return undefined
  if (past === undefined) return { ...group, secretTree }
  const historicalReceiverData = new Map(group.historicalReceiverData).set(epoch, { ...past, secretTree })
  return { ...group, historicalReceiverData }
}

function turnedBack(tree: SecretTree, node: number): SecretTree | undefined {
  const ratchets = tree[node]
  if (ratchets === undefined) return undefined
  const { unusedGenerations } = ratchets.application
  const generation = Math.min(...Object.keys(unusedGenerations).map(Number))
  const secret = unusedGenerations[generation]
  if (secret === undefined) return undefined
  return tree.with(node, { ...ratchets, application: { secret, generation, unusedGenerations: {} } })
}
