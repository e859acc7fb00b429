/**
 * Raw samples: every iteration of every timed block, as rows of CSV (RFC 4180). How they lie on the disk is
 * `results/sample-store.ts`; what the figures mean is docs/measures.md.
 */
import type { BlockRecord, CellKey } from "./schema.ts"

/** The iterations of one block, in the order in which they were timed. */
export type Samples = {
  readonly initiatorNs: readonly number[]
  /** One recipient, mean over those timed. */
  readonly recipientNs: readonly number[]
  /** Operation `add` only. */
  readonly newcomerNs?: readonly number[]
  readonly groupNs: readonly number[]
}

const TIMES = ["initiatorNs", "recipientNs", "newcomerNs", "groupNs"] as const
const TEXTS = ["competitor", "channel", "suite", "operation"]
const COLUMNS = [...TEXTS, "groupSize", "block", "twin", "iteration", ...TIMES]

/** The first row: every column's name, with its unit where it has one. */
export const SAMPLES_HEADER = `${COLUMNS.join(",")}\r\n`

export type BlockKey = CellKey & Pick<BlockRecord, "block" | "twin">

/** One row an iteration; `newcomerNs` is empty where there is none, `twin` is 1 where it is one and else empty. */
export function sampleRows(key: BlockKey, samples: Samples): string {
  const { protocol, channel, suite, operation, groupSize, block, twin } = key
  const start = [protocol, channel, suite, operation, groupSize, block, twin === undefined ? "" : 1]
  return samples.groupNs
    .map((_, iteration) => {
      const times = TIMES.map((name) => samples[name]?.[iteration]).map(tenths)
      return `${[...start, iteration, ...times].join(",")}\r\n`
    })
    .join("")
}

/** The clock counts whole nanoseconds; a mean of two members is between. More digits would be rounding errors. */
const tenths = (ns: number | undefined): string => (ns === undefined ? "" : `${Math.round(ns * 10) / 10}`)

/** Rows as `sampleRows` wrote them, as objects of the same names; an empty column is left out. */
export function parseSamples(csv: string): Record<string, string | number>[] {
  const rows = csv.split("\r\n").slice(1, -1)
  return rows.map((row) => {
    const values = row.split(",")
    const entries = COLUMNS.map((name, index) => [name, figureOf(name, values[index] ?? "")] as const)
    return Object.fromEntries(entries.filter(([, value]) => value !== ""))
  })
}

const figureOf = (name: string, text: string): string | number =>
  TEXTS.includes(name) || text === "" ? text : Number(text)
