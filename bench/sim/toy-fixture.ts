/** For tests of the driver: a protocol of a few lines, to be made wrong in one way or another. */
import { key32, utf8 } from "../../protocols/bytes.ts"
import type { Effects, GroupProtocol, Packet } from "../../protocols/group.ts"
import { NATIVE } from "./fixture.ts"
import { Group } from "./group.ts"
import type { GroupOptions } from "./group-options.ts"

export type Toy = { readonly me: string; heard: number }

export const secretOf = (owner: string, byte: number) => ({
  owner,
  name: "1",
  secret: key32(new Uint8Array(32).fill(byte)),
})

/** Says everything in the clear; its update secrets are all ones. */
export const toy: GroupProtocol<Toy> = {
  init: ({ me }) => ({ me, heard: 0 }),
  publishBundle: (_state, _context, id) => Uint8Array.of(id),
  create: (_state, _context, members) => ({ rosterChange: { kind: "create", members } }),
  add: (_state, _context, added) => ({ rosterChange: { kind: "add", added } }),
  remove: (_state, _context, removed) => ({ rosterChange: { kind: "remove", removed } }),
  update: ({ me }) => ({
    packets: [{ kind: "broadcast", bytes: utf8("update") }],
    secrets: [secretOf(me, 1)],
  }),
  processNotice: () => ({}),
  process: (state, _context, packet) => received(state, packet),
  prepareToSend: () => ({}),
  send: (_state, _context, plaintext) => ({ packets: [{ kind: "broadcast", bytes: plaintext }] }),
  ratchetChannels: () => ({}),
  leaveChannels: () => ({}),
  overhear: () => true,
  pool: (copy) => copy,
  channelsIn: () => undefined,
}

export function received(state: Toy, { from, bytes }: Packet): Effects {
  state.heard++
  return Buffer.from(bytes).toString() === "update"
    ? { secrets: [secretOf(from, 1)] }
    : { message: { from, plaintext: bytes } }
}

export async function groupOf(
  changes: Partial<GroupProtocol<Toy>>,
  options: Partial<GroupOptions> = {},
): Promise<Group> {
  const group = new Group({ ...toy, ...changes } as GroupProtocol<unknown>, { ...NATIVE, ...options })
  const members = ["alice", "bob", "carol"]
  for (const member of members) await group.register(member)
  await group.act("alice", { kind: "create", members })
  return group
}
