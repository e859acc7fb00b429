/** How times grow with the group: a power of n through each block, and an interval over the blocks. */
import type { BlockRecord, Cell, ResultRecord, TimeExponent } from "./schema.ts"
import { locate } from "./stats/median-interval.ts"
import { fitPower } from "./stats/power.ts"

type Series = Omit<TimeExponent, "exponent" | "blocks">

/** One for each protocol, suite and operation that has one, in the order of the cells. */
export function timeExponents(cells: readonly Cell[], records: readonly ResultRecord[]): TimeExponent[] {
  const blocks = new Map<string, BlockRecord[]>()
  for (const record of records) {
    if (record.kind !== "block" || record.twin !== undefined) continue
    const id = seriesId(record)
    blocks.set(id, [...(blocks.get(id) ?? []), record])
  }
  const timed = cells.filter(({ sampled }) => sampled !== null)
  const series = new Map(timed.map((cell) => [seriesId(cell), seriesOf(cell)]))
  return [...series].flatMap(([id, each]) => {
    const sizes = timed.filter((cell) => seriesId(cell) === id).map(({ groupSize }) => groupSize)
    const exponents = exponentsOf(sizes, blocks.get(id) ?? [])
    return exponents.length === 0 ? [] : [{ ...each, exponent: locate(exponents), blocks: exponents.length }]
  })
}

/** A block that lacks one of the sizes is left out, as its line is another one; so is one that saw no time at a size. */
function exponentsOf(sizes: readonly number[], blocks: readonly BlockRecord[]): number[] {
  const numbers = new Set(blocks.map(({ block }) => block))
  return [...numbers].flatMap((number) => {
    const own = blocks.filter(({ block, groupSize }) => block === number && sizes.includes(groupSize))
    const power = fitPower(own.map(({ groupSize, groupNs }) => ({ x: groupSize, y: groupNs })))
    return power === undefined || own.length < sizes.length ? [] : [power.exponent]
  })
}

const seriesOf = ({ protocol, channel, suite, operation }: Series): Series => {
  return { protocol, channel, suite, operation }
}

const seriesId = (cell: Series): string => JSON.stringify(Object.values(seriesOf(cell)))
