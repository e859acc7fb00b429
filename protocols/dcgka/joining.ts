/** process-welcome of ePrint 2020/1281 of 2020-10-07, §6.2 and Fig. 4. */
import { equal } from "../bytes.ts"
import { ProtocolError } from "../errors.ts"
import type { Effects } from "../group.ts"
import type { MemberId } from "../ids.ts"
import { requireTrusted } from "./identities.ts"
import { deviceOf, type Id } from "./ids.ts"
import { respond, withSecrets } from "./incoming.ts"
import { type ControlMessage, decodeControl } from "./messages.ts"
import type { Caller } from "./outgoing.ts"
import { type DcgkaState, type GroupState, newGroup, newPeer } from "./state.ts"
import { take } from "./step.ts"
import { coveredWelcome, decodeWelcome, type SignedWelcome } from "./welcome.ts"

/**
 * The group as its adder knew it, then the add, which the newcomer acknowledges.
 *
 * @throws ProtocolError `too-short`, `bad-encoding`, `untrusted-identity`, `bad-signature`
 */
export function join<Channels>(caller: Caller<Channels>, from: MemberId, body: Uint8Array): Effects {
  const { state, context } = caller
  const welcome = decodeWelcome(body)
  requireTrusted(state, from, welcome.identity)
  if (!context.suite.verify(welcome.identity, coveredWelcome(welcome.signed), welcome.signature)) {
    throw new ProtocolError("bad-signature")
  }
  const { group, add } = groupIn(state, from, welcome)
  const secrets = take(group, context.suite, add, undefined)
  state.group = group
  return withSecrets(secrets, respond({ ...caller, group }, "ack", add, undefined, []))
}

/** @throws ProtocolError `bad-encoding` where the parts do not fit together; `untrusted-identity` */
export function groupIn(
  state: DcgkaState<unknown>,
  from: MemberId,
  welcome: SignedWelcome,
): { readonly group: GroupState; readonly add: ControlMessage } {
  const { groupId, membership, owesUpdate, peers, ratchet } = welcome
  const add = decodeControl(from, welcome.add)
  const self = newcomerIn(state, add)
  const isNext = membership.members.has(add.author) && peers.get(add.author)?.seen === add.seq - 1
  if (!isNext || peers.has(self)) throw new ProtocolError("bad-encoding")
  const group = { ...newGroup(groupId, self, state.identity, []), membership, owesUpdate }
  for (const [id, { signingKey, seen }] of peers) group.peers.set(id, { ...newPeer(signingKey), seen })
  group.ratchets.set(add.author, ratchet)
  return { group, add }
}

function newcomerIn({ me, identity }: DcgkaState<unknown>, { body }: ControlMessage): Id {
  if (body.kind !== "add" || deviceOf(body.added.id) !== me) throw new ProtocolError("bad-encoding")
  if (!equal(body.added.signingKey, identity.public)) throw new ProtocolError("untrusted-identity")
  return body.added.id
}
