/**
 * A control message on its way out: the secret that travels with it is encrypted for each recipient, its author signs
 * it, and then takes it in like everybody else.
 */
import type { Key32 } from "../bytes.ts"
import type { Context } from "../context.ts"
import type { KeyPair } from "../crypto/suite.ts"
import type { DirectMessages, Effects } from "../group.ts"
import type { MemberId } from "../ids.ts"
import type { TwoParty } from "../two-party/two-party.ts"
import { CONTENT, CONTROL_MESSAGE, tagged } from "../wire.ts"
import { nextMessage, nextMessageId, signed } from "./broadcast.ts"
import { requireChannel } from "./identities.ts"
import { deviceOf, type Id } from "./ids.ts"
import type { Control } from "./messages.ts"
import { commitmentTo } from "./seeds.ts"
import type { DcgkaState, GroupState } from "./state.ts"
import { take } from "./step.ts"

/** A device at its step. */
export type Caller<Channels> = {
  readonly channel: TwoParty<Channels>
  readonly state: DcgkaState<Channels>
  readonly context: Context
}

/** In its group, or the one that it is about to be in. */
export type Turn<Channels> = Caller<Channels> & { readonly group: GroupState }

/** A secret that travels with a message, and who gets it. */
export type Parcel = { readonly secret: Key32; readonly to: readonly Id[] }

/** The hash by which the author of our next message signs for its secret. */
export const commitmentIn = ({ group, context }: Turn<unknown>, { secret }: Parcel): Key32 =>
  commitmentTo(group, context.suite, nextMessageId(group), secret)

/**
 * Send our next control message. It is signed with the key that the others know, and `signing` is ours afterwards.
 *
 * @throws ProtocolError as {@link TwoParty.open} and {@link TwoParty.encrypt}; the group is then as it was
 */
export function announce<Channels>(
  turn: Turn<Channels>,
  body: Control,
  parcel?: Parcel,
  signing: KeyPair = turn.group.signing,
): Effects {
  const { group, context } = turn
  const direct = parcel === undefined ? new Map() : sealed(turn, parcel)
  const message = nextMessage(group, body)
  const bytes = tagged(CONTROL_MESSAGE, signed(group, context.suite, message))
  group.signing = signing
  const secrets = take(group, context.suite, message, parcel?.secret)
  const packet = { kind: "broadcast", bytes, ...(direct.size > 0 ? { direct } : {}) } as const
  return { packets: [packet], secrets }
}

function sealed<Channels>(turn: Turn<Channels>, { secret, to }: Parcel): DirectMessages {
  const content = tagged(CONTENT.secret, secret) // one object for all: in large groups channels are played apart
  const devices = to.map(deviceOf)
  return new Map(devices.map((device) => [device, encryptTo(turn, device, content)]))
}

/** Over the channel with `device`, opened where there is none. */
export function encryptTo<Channels>(
  { channel, state, context }: Caller<Channels>,
  device: MemberId,
  content: Uint8Array,
): Uint8Array {
  requireChannel(channel, state, context, device)
  return channel.encrypt(state.channels, context, device, content)
}
