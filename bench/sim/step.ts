/** Everything a member can do, as data: what the driver performs, a recording keeps and a replay repeats. */
import type { Context } from "../../protocols/context.ts"
import { unreachable } from "../../protocols/errors.ts"
import type { Awaitable, Effects, GroupProtocol, Notice, Packet } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"

/** Begun by the member itself. */
export type Action =
  | { readonly kind: "create"; readonly members: readonly MemberId[] }
  | { readonly kind: "add"; readonly newcomer: MemberId }
  | { readonly kind: "remove"; readonly member: MemberId }
  | { readonly kind: "update" }
  /** `readers`: for these alone; absent: for all the others. */
  | { readonly kind: "prepare"; readonly readers?: readonly MemberId[] }
  | { readonly kind: "send"; readonly plaintext: Uint8Array }
  | { readonly kind: "ratchet-channels"; readonly peers: readonly MemberId[] }
  | { readonly kind: "leave-channels"; readonly peers: readonly MemberId[] }

/** Several members acting before any of them hears from another. */
export type Wave = {
  /** Simulated time that passes first. */
  readonly afterSeconds?: number
  readonly actions: readonly (readonly [MemberId, Action])[]
}

/** What the server hands to a member. */
export type Arrival =
  | { readonly kind: "notice"; readonly notice: Notice }
  | { readonly kind: "packet"; readonly packet: Packet }

export type Step = Action | Arrival

/** @throws ProtocolError as the protocol's own step */
export function perform<State>(
  protocol: GroupProtocol<State>,
  state: State,
  context: Context,
  step: Step,
): Awaitable<Effects> {
  switch (step.kind) {
    case "create":
      return protocol.create(state, context, step.members)
    case "add":
      return protocol.add(state, context, step.newcomer)
    case "remove":
      return protocol.remove(state, context, step.member)
    case "update":
      return protocol.update(state, context)
    case "prepare":
      return protocol.prepareToSend(state, context, step.readers)
    case "send":
      return protocol.send(state, context, step.plaintext)
    case "ratchet-channels":
      return protocol.ratchetChannels(state, context, step.peers)
    case "leave-channels":
      return protocol.leaveChannels(state, context, step.peers)
    case "notice":
      return protocol.processNotice(state, context, step.notice)
    case "packet":
      return protocol.process(state, context, step.packet)
    default:
      return unreachable(step)
  }
}
