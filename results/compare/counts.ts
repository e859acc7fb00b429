/** Exact measures of two runs: equal or not, field by field, without statistics. */
import { workId } from "../document.ts"
import type { CellKey, CountRecord, ResultRecord } from "../schema.ts"

/** A cell without its suite: all suites have the same counts. */
type Counted = Omit<CellKey, "suite">

/** One field of one cell that differs. */
export type CountDifference = Counted & {
  /** As in the records: `twoParty`, `primitives.group.dh`, `healing.healed`, `transcript`. */
  readonly field: string
  readonly base: Value
  readonly head: Value
}

type Value = number | string | boolean

export type Counts = {
  /** Cells that are in both. */
  readonly compared: number
  readonly differences: readonly CountDifference[]
  /** Cells that the second run was to count too, and did not: it failed or broke off. */
  readonly lost: readonly Counted[]
  /** Other cells of one run alone. */
  readonly onlyBase: readonly Counted[]
  readonly onlyHead: readonly Counted[]
}

export function compareCounts(base: readonly ResultRecord[], head: readonly ResultRecord[]): Counts {
  const [before, after] = [countsIn(base), countsIn(head)]
  const shared = [...before.keys()].filter((id) => after.has(id))
  const pairs = shared.map((id) => [before.get(id), after.get(id)] as [CountRecord, CountRecord])
  const alone = (all: CountsByCell, other: CountsByCell) =>
    [...all].filter(([id]) => !other.has(id)).map(([, record]) => cellOf(record))
  const missing = alone(before, after)
  return {
    compared: shared.length,
    differences: pairs.flatMap(([a, b]) => differencesBetween(a, b)),
    lost: missing.filter((cell) => isPlanned(cell, head)),
    onlyBase: missing.filter((cell) => !isPlanned(cell, head)),
    onlyHead: alone(after, before),
  }
}

function isPlanned({ protocol, operation, groupSize }: Counted, [header]: readonly ResultRecord[]): boolean {
  if (header?.kind !== "run") return false
  const { protocols, operations, sizes } = header.plan
  return protocols.includes(protocol) && operations.includes(operation) && sizes.includes(groupSize)
}

/** By the name of the cell. */
type CountsByCell = ReadonlyMap<string, CountRecord>

function countsIn(records: readonly ResultRecord[]): CountsByCell {
  const counts = records.filter((record) => record.kind === "count")
  return new Map(counts.map((record) => [workId({ ...record, suite: "noble" }), record]))
}

const cellOf = ({ protocol, channel, operation, groupSize }: CountRecord): Counted => {
  return { protocol, channel, operation, groupSize }
}

/** A suite operation that is not named was not called: 0. */
function differencesBetween(base: CountRecord, head: CountRecord): CountDifference[] {
  const [before, after] = [fieldsOf(base, head), fieldsOf(head, base)]
  const names = new Set([...before.keys(), ...after.keys()])
  return [...names].flatMap((field) => {
    const [a, b] = [before.get(field) ?? 0, after.get(field) ?? 0]
    return a === b ? [] : [{ ...cellOf(base), field, base: a, head: b }]
  })
}

/** What the other does not have because its file is older is not compared. */
function fieldsOf({ exact, healing }: CountRecord, other: CountRecord): Map<string, Value> {
  const { primitiveBytes, ...counted } = exact
  const both = other.exact.primitiveBytes === undefined ? {} : { primitiveBytes }
  return new Map(flat({ ...counted, ...both, ...(healing === undefined ? {} : { healing }) }))
}

const flat = (parts: object): [string, Value][] =>
  Object.entries(parts).flatMap(([name, part]): [string, Value][] => {
    if (part === undefined) return []
    if (typeof part !== "object" || part === null) return [[name, part ?? "never"]]
    return flat(part).map(([inner, value]) => [`${name}.${inner}`, value])
  })
