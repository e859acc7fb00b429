/**
 * Commits (RFC 9420, §12.4): each ends an epoch and begins the next. The server takes one for each epoch (§14), so the
 * committer goes on as before until its own comes back; if another comes first, what was meant is committed anew.
 */
import { createCommit, type GroupState, type Proposal } from "ts-mls"
import type { Suite } from "../crypto/suite.ts"
import { unreachable } from "../errors.ts"
import type { Effects, Outgoing, RosterChange } from "../group.ts"
import { asClient, asState, encoded, heeding } from "./client.ts"
import {
  epochSecret,
  type Intent,
  type Invitation,
  leafOf,
  type Membership,
  type MlsState,
  requireLeaf,
} from "./state.ts"
import { bridged } from "./suite-bridge.ts"

type Tree = GroupState["ratchetTree"]

/**
 * Commit `intent` as soon as what the device meant before is done.
 *
 * @throws ProtocolError as {@link commitFirst}, with `state` exactly as it was
 */
export async function commit(
  state: MlsState,
  suite: Suite,
  group: Membership,
  intent: Intent,
): Promise<Effects> {
  const intents = [...group.intents, intent]
  if (group.pending !== undefined) {
    state.group = { ...group, intents }
    return {}
  }
  return begin(state, suite, group.current, intents)
}

/** A new epoch: go on with what is still to be done. */
export async function enter(
  state: MlsState,
  suite: Suite,
  current: GroupState,
  intents: readonly Intent[],
): Promise<Effects> {
  const sensible = intents.filter((intent) => isOpen(current.ratchetTree, intent))
  const effects = await begin(state, suite, current, sensible)
  return { ...effects, secrets: [epochSecret(current)] }
}

/** Whether nobody else has done it meanwhile. */
function isOpen(tree: Tree, intent: Intent): boolean {
  switch (intent.kind) {
    case "create":
    case "update":
      return true
    case "add":
      return leafOf(tree, intent.newcomer.member) === undefined
    case "remove":
      return leafOf(tree, intent.member) !== undefined
    default:
      return unreachable(intent)
  }
}

/** @throws ProtocolError `invalid-message` for a key package that is none, and for one who removes itself */
async function begin(
  state: MlsState,
  suite: Suite,
  current: GroupState,
  intents: readonly Intent[],
): Promise<Effects> {
  const [intent] = intents
  if (intent === undefined) {
    state.group = { current, intents, pending: undefined }
    return {}
  }
  const { newState, commit, welcome } = await heeding(() => commitOf(suite, current, intent))
  const commitBytes = encoded(commit)
  const welcomeBytes =
    welcome === undefined ? new Uint8Array() : encoded({ wireformat: "mls_welcome", welcome })
  const { packets, carriedChange } = announced(state, intent, commitBytes, welcomeBytes)
  const announcement = intent.kind === "create" ? welcomeBytes : commitBytes
  state.group = { current, intents, pending: { announcement, next: asState(newState) } }
  return {
    packets,
    ordinal: Number(current.groupContext.epoch), // every ordered step begins an epoch
    ...(carriedChange === undefined ? {} : { carriedChange }),
  }
}

/** Commits are encrypted like messages (PrivateMessage); a welcome has the whole tree with it. */
const commitOf = (suite: Suite, current: GroupState, intent: Intent) =>
  createCommit(
    { state: asClient(current, "member"), cipherSuite: bridged(suite) },
    { ratchetTreeExtension: true, extraProposals: proposalsFor(current.ratchetTree, intent) },
  )

/** None: the committer renews its keys and no more. With additions alone it does not even do that. */
function proposalsFor(tree: Tree, intent: Intent): Proposal[] {
  switch (intent.kind) {
    case "create":
      return intent.others.map(addition)
    case "add":
      return [addition(intent.newcomer)]
    case "remove":
      return [{ proposalType: "remove", remove: { removed: requireLeaf(tree, intent.member) } }]
    case "update":
      return []
    default:
      return unreachable(intent)
  }
}

const addition = ({ keyPackage }: Invitation): Proposal => ({ proposalType: "add", add: { keyPackage } })

type Announced = { readonly packets: readonly Outgoing[]; readonly carriedChange?: RosterChange }

function announced({ me }: MlsState, intent: Intent, commit: Uint8Array, welcome: Uint8Array): Announced {
  const broadcast: Outgoing = { kind: "broadcast", bytes: commit }
  switch (intent.kind) {
    case "create": {
      const others = intent.others.map(({ member }) => member)
      return {
        packets: [{ kind: "welcome", to: others, bytes: welcome }], // nobody is there yet to hear of the commit
        carriedChange: { kind: "create", members: [me, ...others] },
      }
    }
    case "add": {
      const { member: added } = intent.newcomer
      return {
        packets: [broadcast, { kind: "welcome", to: [added], bytes: welcome }],
        carriedChange: { kind: "add", added },
      }
    }
    case "remove":
      return { packets: [broadcast], carriedChange: { kind: "remove", removed: intent.member } }
    case "update":
      return { packets: [broadcast] }
    default:
      return unreachable(intent)
  }
}
