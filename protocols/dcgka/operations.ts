/**
 * What a member begins: create, add, remove, update of ePrint 2020/1281 of 2020-10-07, §6.2 and Fig. 4. Each but
 * create announces a fresh signing key under the one before (§5.1).
 */
import { exactly, key32 } from "../bytes.ts"
import type { Effects } from "../group.ts"
import type { MemberId } from "../ids.ts"
import { CONTENT, tagged } from "../wire.ts"
import { nextMessage } from "./broadcast.ts"
import { identityOf, requireChannel } from "./identities.ts"
import type { Id } from "./ids.ts"
import { type Control, encodeControl, withSignature } from "./messages.ts"
import { announce, type Caller, commitmentIn, encryptTo, type Parcel, type Turn } from "./outgoing.ts"
import { type GroupState, newGroup, nextIdOf, requireMember } from "./state.ts"
import { coveredWelcome, encodeWelcome } from "./welcome.ts"

/** generate-seed */
const seedFor = ({ context }: Caller<unknown>, to: readonly Id[]): Parcel => ({
  secret: key32(context.suite.random(32)),
  to,
})

/** All members but the caller and `others`: to the caller's own view they are its member-view. */
const everyoneBut = ({ membership }: GroupState, ...others: readonly Id[]): Id[] =>
  [...membership.members].filter((id) => !others.includes(id))

/** @throws ProtocolError as {@link Context.fetchBundle} where a device published no bundle; `untrusted-identity` */
export function create<Channels>(caller: Caller<Channels>, devices: readonly MemberId[]): Effects {
  const { state, context } = caller
  const { me, identity } = state
  const others = devices.filter((device) => device !== me)
  for (const device of others) requireChannel(caller.channel, state, context, device)
  const members = devices.map((id) => ({
    id,
    signingKey: id === me ? identity.public : identityOf(state, context, id),
  }))
  const groupId = exactly(context.suite.random(16).slice(), 16)
  const group = newGroup(groupId, me, identity, members)
  const turn = { ...caller, group }
  const parcel = seedFor(caller, others)
  const effects = announce(
    turn,
    { kind: "create", groupId, members, commitment: commitmentIn(turn, parcel) },
    parcel,
  )
  state.group = group
  return { ...effects, carriedChange: { kind: "create", members: devices } }
}

export function update<Channels>(turn: Turn<Channels>): Effects {
  const { group, context } = turn
  const parcel = seedFor(turn, everyoneBut(group, group.self))
  const signing = context.suite.keyPair()
  const commitment = commitmentIn(turn, parcel)
  return announce(turn, { kind: "update", signingKey: signing.public, commitment }, parcel, signing)
}

/** One who removes itself sends its seed to nobody. @throws ProtocolError `not-a-member` */
export function remove<Channels>(turn: Turn<Channels>, device: MemberId): Effects {
  const { group, context } = turn
  const removed = requireMember(group, device)
  const parcel = seedFor(turn, removed === group.self ? [] : everyoneBut(group, group.self, removed))
  const signing = context.suite.keyPair()
  const body: Control = {
    kind: "remove",
    removed,
    signingKey: signing.public,
    commitment: commitmentIn(turn, parcel),
  }
  const effects = announce(turn, body, parcel, signing)
  return { ...effects, carriedChange: { kind: "remove", removed: device } }
}

/** @throws Error when the device is a member; ProtocolError as {@link create} */
export function add<Channels>(turn: Turn<Channels>, device: MemberId): Effects {
  const { group, context, state } = turn
  const id = nextIdOf(group, device)
  if (id === undefined) throw new Error(`${device} is a member already`)
  requireChannel(turn.channel, state, context, device)
  const signing = context.suite.keyPair()
  const added = { id, signingKey: identityOf(state, context, device) }
  const body: Control = { kind: "add", added, signingKey: signing.public }
  const welcome = encryptTo(turn, device, tagged(CONTENT.welcome, welcomeTo(turn, body)))
  const { packets = [], secrets = [] } = announce(turn, body, undefined, signing)
  return {
    packets: [...packets, { kind: "two-party", to: device, bytes: welcome }],
    secrets,
    carriedChange: { kind: "add", added: device },
  }
}

/** Before the add is taken in: the newcomer does that itself. */
function welcomeTo({ group, state, context }: Turn<unknown>, body: Control): Uint8Array {
  const { ratchets, self, ...known } = group
  const ratchet = ratchets.get(self)
  if (ratchet === undefined) throw new Error("a member without a chain of its own")
  const add = encodeControl(nextMessage(group, body))
  const welcome = encodeWelcome({ ...known, identity: state.identity.public, ratchet, add })
  return withSignature(welcome, context.suite.sign(state.identity.secret, coveredWelcome(welcome)))
}
