/** Groups for tests. */
import assert from "node:assert/strict"
import { toHex, utf8 } from "../../protocols/bytes.ts"
import type { Context } from "../../protocols/context.ts"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import type { GroupProtocol, Packet } from "../../protocols/group.ts"
import type { MemberId } from "../../protocols/ids.ts"
import { byteStringsIn } from "../../protocols/packets.ts"
import { competitorNamed, DEFAULT_SETTINGS } from "../../protocols/registry.ts"
import { contextOf } from "./context.ts"
import { Group } from "./group.ts"
import type { GroupOptions } from "./group-options.ts"
import { form, membersOf, talk } from "./operations.ts"

export const NO_PAYLOAD = new Uint8Array()

export const NATIVE: GroupOptions = { seed: 1, createSuite: createNativeSuite }

export const protocolNamed = (name: string): GroupProtocol<unknown> =>
  competitorNamed(name).protocol(DEFAULT_SETTINGS)

/** The same protocol, of which every step has to be awaited. */
export function awaited(protocol: GroupProtocol<unknown>): GroupProtocol<unknown> {
  const later =
    (step: (...args: unknown[]) => unknown) =>
    async (...args: unknown[]) => {
      await Promise.resolve()
      return step(...args)
    }
  const { channelsIn, ...steps } = protocol
  const slow = Object.entries(steps).map(([name, step]) => [name, later(step as never)])
  return { channelsIn, ...Object.fromEntries(slow) }
}

/** All that is uploaded to a group's server from now on. */
export function listen(group: Group): Packet[] {
  const wire: Packet[] = []
  group.observe({ onUpload: (packet) => wire.push(packet) })
  return wire
}

/** Registered devices that have become a group in which everybody is able to send; nobody has spoken yet. */
export async function createdGroup(
  protocol: GroupProtocol<unknown>,
  groupSize: number,
  options: GroupOptions = NATIVE,
): Promise<Group> {
  const group = new Group(protocol, options)
  await form(group, groupSize)
  return group
}

/** A group at rest: created, and everybody has spoken once in turn, the last member last. */
export async function restingGroup(
  protocol: GroupProtocol<unknown>,
  groupSize: number,
  options: GroupOptions = NATIVE,
): Promise<Group> {
  const group = await createdGroup(protocol, groupSize, options)
  await talk(group, membersOf(groupSize))
  return group
}

/** Surroundings of one of a group's members, in which no bundle is to be had. */
export const contextIn = (group: Group, id: MemberId, { createSuite } = NATIVE): Context =>
  contextOf(group.member(id), createSuite, {
    now: 0,
    fetchBundle: () => assert.fail("nothing is to be fetched"),
  })

export const says = (group: Group, member: MemberId, words = `${member} speaks`): Promise<void> =>
  group.act(member, { kind: "send", plaintext: utf8(words) })

/** Packets as text, to be compared. */
export const transcript = (packets: readonly Packet[]): string[] =>
  packets.map(
    (packet) =>
      `${packet.from}>${packet.kind === "two-party" ? packet.to : "*"} ${byteStringsIn(packet).map(toHex).join(" ")}`,
  )
