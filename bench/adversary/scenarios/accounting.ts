/** Whether every byte of every state, and of all that goes over the wire or into a ciphertext, is accounted for. */
import { observedSuite, type SuiteCall } from "../../../protocols/crypto/counting.ts"
import type { RandomSource, Suite } from "../../../protocols/crypto/suite.ts"
import { byteStringsIn } from "../../../protocols/packets.ts"
import { Group } from "../../sim/group.ts"
import { form, talk } from "../../sim/operations.ts"
import { settlingOf } from "../../sim/settling.ts"
import { areOutput, NO_RESIDUE, Outputs, type Residue, residueOf } from "../accounts.ts"
import { type Leaf, leavesOf, type Value } from "../plain-data.ts"
import { PIECE_BYTES } from "../secrets.ts"
import { live } from "./life.ts"
import type { Finding, Setting } from "./setting.ts"

/** Something that is looked into, by the name that a finding gives it. */
type Holding = { readonly name: string; readonly leaves: readonly Leaf[] }

/** What was held and sent as a group lived, in order. */
type Play = { readonly holdings: readonly Holding[]; readonly outputs: Outputs }

/** So that each byte that is drawn differs from play to play, and nothing else does. */
const MASKS = [0x00, 0x5a, 0xc3] as const

export async function accounting(setting: Setting): Promise<Finding> {
  const [first, ...others] = (await Promise.all(MASKS.map((mask) => play(setting, mask)))) as [
    Play,
    ...Play[],
  ]
  for (const [index, holding] of first.holdings.entries()) {
    const twins = others.map(({ holdings }) => holdings[index])
    const flaw = flawOf(holding, twins, first.outputs)
    if (flaw !== undefined) return { opened: 0, derivable: 0, flaw }
  }
  return { opened: 0, derivable: 0 }
}

async function play({ protocol, createSuite, seed, groupSize, tree }: Setting, mask: number): Promise<Play> {
  const [holdings, outputs]: [Holding[], Outputs] = [[], new Outputs()]
  const hold = (name: string, value: unknown) => holdings.push({ name, leaves: leavesOf(value, name) })
  const observed = (random: RandomSource): Suite =>
    observedSuite(createSuite(masked(random, mask)), (call) => note(call, outputs, hold))
  const group = new Group(protocol, { seed, createSuite: observed, order: "reordered" })
  group.observe({
    onBundle: (member, bundle) => hold(`a bundle of ${member}`, bundle),
    onUpload: (packet) => {
      for (const bytes of byteStringsIn(packet)) hold(`a ${packet.kind} packet of ${packet.from}`, bytes)
    },
  })
  const inventory = () => {
    for (const { id, state } of group.release().members) hold(`${id}'s state`, state)
  }
  await form(group, groupSize)
  for (const wave of settlingOf(tree, group.roster, seed)) await group.perform(wave)
  await talk(group, group.roster)
  inventory()
  await live(group, groupSize, inventory)
  return { holdings, outputs }
}

const masked =
  (random: RandomSource, mask: number): RandomSource =>
  (length) =>
    random(length).map((byte) => byte ^ mask)

function note(call: SuiteCall, outputs: Outputs, hold: (name: string, value: unknown) => void): void {
  if (call.operation === "random") outputs.addDraw(call.result)
  for (const argument of call.args)
    if (argument instanceof Uint8Array) hold(`what goes into ${call.operation}`, argument)
  if (call.operation === "keyPair" || call.operation === "edKeyPair") {
    outputs.add(call.result.secret)
    outputs.add(call.result.public)
  } else if (call.result instanceof Uint8Array && !isDecryption(call)) outputs.add(call.result)
}

/** Its result is what somebody put in. */
const isDecryption = ({ operation }: SuiteCall): boolean =>
  operation === "decryptCbc" || operation === "openGcm"

/** The first place with too much that nobody accounts for, or all of them together. */
function flawOf(
  { name, leaves }: Holding,
  twins: readonly (Holding | undefined)[],
  outputs: Outputs,
): string | undefined {
  const residues = residuesOf(leaves, twins, outputs)
  const bytes = residues.reduce((sum, residue) => sum + residue.bytes, 0)
  if (bytes < PIECE_BYTES) return undefined
  const index = residues.findIndex(({ longest }) => longest >= PIECE_BYTES)
  if (index >= 0) return `${leaves[index]?.path} has ${residues[index]?.bytes} bytes that no operation made`
  const first = leaves[residues.findIndex((residue) => residue.bytes > 0)]
  return `${name} has ${bytes} bytes in several places that no operation made, the first at ${first?.path}`
}

function residuesOf(
  leaves: readonly Leaf[],
  twins: readonly (Holding | undefined)[],
  outputs: Outputs,
): Residue[] {
  const residues = leaves.map((leaf, index) => {
    return residueOf(
      leaf.value,
      twins.map((twin) => valueLike(leaf, index, twin)),
      outputs,
    )
  })
  return withoutLists(leaves, residues, outputs)
}

/** What stands in a twin where `leaf` stands here; normally as the same leaf of all. */
function valueLike({ path }: Leaf, index: number, twin: Holding | undefined): Value | undefined {
  const inPlace = twin?.leaves[index]
  return (inPlace?.path === path ? inPlace : twin?.leaves.find((other) => other.path === path))?.value
}

/** Lists of numbers that are outputs written down leave no residue. */
function withoutLists(leaves: readonly Leaf[], residues: readonly Residue[], outputs: Outputs): Residue[] {
  const suspicious = new Set(
    leaves
      .filter(({ value }, index) => typeof value === "number" && (residues[index] as Residue).bytes > 0)
      .map(({ container }) => container),
  )
  const lists = [...suspicious].filter((container) => {
    const numbers = leaves.filter((leaf) => leaf.container === container).map(({ value }) => value)
    return areOutput(
      numbers.filter((value) => typeof value === "number"),
      outputs,
    )
  })
  return residues.map((residue, index) => {
    const { value, container } = leaves[index] as Leaf
    return typeof value === "number" && lists.includes(container) ? NO_RESIDUE : residue
  })
}
