/** What a group under DCGKA uploads in each operation, and what is inside of its two-party ciphertexts. */
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import type { GroupProtocol, Packet } from "../../protocols/group.ts"
import { ciphertextsIn } from "../../protocols/packets.ts"
import { channelNamed, competitorNamed, DEFAULT_SETTINGS } from "../../protocols/registry.ts"
import type { Counted } from "../../results/published/prototype-bytes.ts"
import { Memory, memoized } from "../channels/memo.ts"
import { Group } from "../sim/group.ts"
import { beforehand, registerAll, talk, wavesOf } from "../sim/operations.ts"

/** Those of which the prototype's bytes were published. */
export const COMPARED = ["create", "message", "add", "remove", "update"] as const
export type Compared = (typeof COMPARED)[number]

/** The application message: as long as in the prototype's evaluation. */
export const PAYLOAD = new Uint8Array(32)

/** What was encrypted into a ciphertext of a two-party channel. */
export type ContentOf = (ciphertext: Uint8Array) => Uint8Array

export type Uploads = Counted & { readonly packets: readonly Packet[]; readonly contentOf: ContentOf }

/** Each operation from the same group at rest, as in a counting run. */
export async function uploadsOf(groupSize: number): Promise<Record<Compared, Uploads>> {
  const { protocol, contentOf } = transparentDcgka()
  const options = { seed: 1, createSuite: memoized(createNativeSuite, new Memory()) }
  const uploads = async (operation: Compared, group: Group): Promise<Uploads> => {
    const packets = await packetsOf(operation, group, groupSize)
    return { operation, groupSize, packets, contentOf, ...countsIn(packets) }
  }
  const group = new Group(protocol, options)
  await registerAll(group, groupSize)
  const create = await uploads("create", group)
  await talk(group, group.roster)
  const afterwards = (operation: Compared) =>
    uploads(operation, new Group(protocol, options, group.snapshot()))
  return {
    create,
    message: await afterwards("message"),
    add: await afterwards("add"),
    remove: await afterwards("remove"),
    update: await afterwards("update"),
  }
}

/** DCGKA over a channel that lets us see what it encrypts. */
function transparentDcgka(): { readonly protocol: GroupProtocol<unknown>; readonly contentOf: ContentOf } {
  const { channel: name, protocol } = competitorNamed("dcgka")
  const channel = channelNamed(name)
  const contents = new WeakMap<Uint8Array, Uint8Array>()
  const encrypt: typeof channel.encrypt = (channels, context, peer, plaintext) => {
    const ciphertext = channel.encrypt(channels, context, peer, plaintext)
    contents.set(ciphertext, plaintext)
    return ciphertext
  }
  const contentOf: ContentOf = (ciphertext) => {
    const content = contents.get(ciphertext)
    if (content === undefined) throw new Error("a ciphertext that no channel of this group made")
    return content
  }
  return { protocol: protocol(DEFAULT_SETTINGS, { ...channel, encrypt }), contentOf }
}

async function packetsOf(operation: Compared, group: Group, groupSize: number): Promise<Packet[]> {
  await beforehand(group, { operation, groupSize })
  const packets: Packet[] = []
  const stop = group.observe({ onUpload: (packet) => packets.push(packet) })
  for (const wave of wavesOf({ operation, groupSize, payload: PAYLOAD })) await group.perform(wave)
  stop()
  return packets
}

const countsIn = (packets: readonly Packet[]): Pick<Counted, "broadcasts" | "twoParty"> => ({
  broadcasts: packets.filter(({ kind }) => kind === "broadcast").length,
  twoParty: packets.flatMap(ciphertextsIn).length,
})
