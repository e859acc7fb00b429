/**
 * MLS: Messaging Layer Security.
 *
 * Source: RFC 9420 of July 2023, as ts-mls 1.6.4 implements it, over our suites (`suite-bridge.ts`). All members share the
 * secrets of an epoch. A commit begins the next one: its author renews the keys on its way up a tree, and encrypts each
 * for those below it. What is done here: which commits are made, and when they count (`commits.ts`); what is taken from
 * whom (`incoming.ts`).
 *
 * Choices where the RFC leaves one: members commit at once and do not propose; commits are PrivateMessages; a welcome has
 * the ratchet tree in it; nothing is padded; an addition alone renews nobody's keys; key packages are good for ever.
 * Bytes are those of MLS messages, which say themselves what they are.
 */
import { createApplicationMessage, createGroup } from "ts-mls"
import type { Context } from "../context.ts"
import type { Effects, GroupProtocol } from "../group.ts"
import type { MemberId } from "../ids.ts"
import { asClient, asState, configOf, encoded, heeding } from "./client.ts"
import { commit } from "./commits.ts"
import { process } from "./incoming.ts"
import { invitation, newKeyPackage, publish } from "./key-packages.ts"
import { overhear, pool } from "./overhear.ts"
import { type Invitation, type MlsState, requireGroup, requireLeaf } from "./state.ts"
import { bridged } from "./suite-bridge.ts"

const GROUP_ID_LENGTH = 16

export const mls = (): GroupProtocol<MlsState> => ({
  init: ({ me, suite }) => ({
    me,
    signing: suite.edKeyPair(),
    keyPackages: new Map(),
    firstEpoch: 0n,
    group: undefined,
  }),
  publishBundle: (state, { suiteFor }, id) => publish(state, suiteFor(`key package ${id}`)),
  create,
  add: async (state, context, newcomer) =>
    commit(state, context.suite, requireGroup(state), {
      kind: "add",
      newcomer: await invite(context, newcomer),
    }),
  remove: async (state, { suite }, member) => {
    const group = requireGroup(state)
    requireLeaf(group.current.ratchetTree, member)
    return commit(state, suite, group, { kind: "remove", member })
  },
  update: async (state, { suite }) => commit(state, suite, requireGroup(state), { kind: "update" }),
  processNotice: () => ({}), // commits and welcomes carry the changes
  process: (state, { suite }, packet) => process(state, suite, packet),
  prepareToSend: async (state) => {
    requireGroup(state)
    return {}
  },
  send,
  ratchetChannels: () => ({}),
  leaveChannels: () => ({}),
  overhear: (stolen, live, { suite }, packet) => overhear(stolen, live, suite, packet),
  pool,
  channelsIn: () => ({}),
})

/** The creator is alone in epoch 0, and adds the others in one commit. */
async function create(state: MlsState, context: Context, members: readonly MemberId[]): Promise<Effects> {
  const { suite } = context
  const others: Invitation[] = []
  for (const member of members) if (member !== state.me) others.push(await invite(context, member))
  const { publicPackage, privatePackage } = await newKeyPackage(state, suite)
  const groupId = suite.random(GROUP_ID_LENGTH)
  const [cs, config] = [bridged(suite), configOf("member")]
  const alone = asState(await createGroup(groupId, publicPackage, privatePackage, [], cs, config))
  const group = { current: alone, intents: [], pending: undefined }
  return commit(state, suite, group, { kind: "create", others })
}

const invite = (context: Context, member: MemberId): Promise<Invitation> =>
  invitation(member, context.fetchBundle(member))

async function send(state: MlsState, { suite }: Context, plaintext: Uint8Array): Promise<Effects> {
  const group = requireGroup(state)
  const client = asClient(group.current, "member")
  const { newState, privateMessage } = await heeding(() =>
    createApplicationMessage(client, plaintext, bridged(suite)),
  )
  state.group = { ...group, current: asState(newState) }
  return {
    packets: [{ kind: "broadcast", bytes: encoded({ wireformat: "mls_private_message", privateMessage }) }],
  }
}
