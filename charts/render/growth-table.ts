/** How costs grow, for the terminal: the claim, whether the counts keep it, and the curve that they follow. */
import { styleText } from "node:util"
import { ENOUGH_SIZES, type GrowthFit, type GrowthRow } from "../../results/growth.ts"
import type { Growing } from "../../results/theory.ts"
import { formatExponent, formatPower } from "../../results/units.ts"
import { type Column, type Figure, NONE, type Paint, pack, table, wrap } from "./grid.ts"
import type { TableOptions } from "./table.ts"

/** One table for each operation, then footnotes; the last line without a newline. */
export function growthTable(rows: readonly GrowthRow[], { color, width }: TableOptions): string {
  const paint: Paint = (style, text) =>
    color === "always" ? styleText(style, text, { validateStream: false }) : text
  const operations = [...new Set(rows.map(({ operation }) => operation))]
  const sections = operations.map((operation) => {
    const own = rows.filter((row) => row.operation === operation)
    const tables = pack(KEYS, [THEORY, MEASUREMENT], own, width)
    const parts = tables.map((columns) => table([...KEYS, ...columns], own, paint).join("\n"))
    return `${paint("bold", operation)}\n${parts.join("\n\n")}`
  })
  const notes = FOOTNOTES.flatMap((note) => wrap(note, width)).map((line) => paint("dim", line))
  return [...sections, notes.join("\n")].join("\n\n")
}

export const MEASURES: Readonly<Record<Growing, string>> = {
  messages: "messages",
  bytes: "bytes",
  cpu: "CPU",
}

const column = (heading: string, figure: (row: GrowthRow) => Figure): Column<GrowthRow> => {
  return { heading, align: "left", figure }
}

const KEYS: readonly Column<GrowthRow>[] = [
  {
    heading: "protocol",
    align: "left",
    figure: ({ protocol }, above) => ({ text: protocol === above?.protocol ? "" : protocol }),
  },
  column("of", ({ measure }) => ({ text: MEASURES[measure] })),
]

const THEORY: readonly Column<GrowthRow>[] = [
  column("claimed", ({ claimed }) => (claimed === null ? NONE : { text: claimed })),
  column("formula", (row) => ({ text: formulasOf(row) })),
  column("counts", ({ counts }) => COUNTS[counts]),
]

export const COUNTS: Readonly<Record<GrowthRow["counts"], Figure>> = {
  "as-claimed": { text: "as claimed" },
  different: { text: "different", style: "red" },
  unclaimed: NONE,
}

const MEASUREMENT: readonly Column<GrowthRow>[] = [
  column("fitted to counts", (row) =>
    isContradicted(row) ? { text: fitOf(row), style: "red" } : { text: fitOf(row) },
  ),
  column("times", (row) => ({ text: timesOf(row) })),
]

const NAMES: Readonly<Record<string, string>> = {
  twoParty: "two-party",
  inBroadcasts: "of them inside broadcasts",
  broadcasts: "broadcasts",
  welcomes: "welcomes",
}

/** Messages uploaded, or public-key calls of the whole group; what else is claimed is in --json. */
export function formulasOf({ formulas }: GrowthRow): string {
  const shown = formulas.flatMap(({ measure, formula }) => {
    const name = NAMES[measure] ?? /^primitives\.group\.(.*)$/.exec(measure)?.[1]
    return name === undefined ? [] : [`${name} ${formula}`]
  })
  return shown.join(", ") || "–"
}

/** The exponent, the class, and where it is not clear the runner-up. */
export function fitOf({ fit, sizes }: GrowthRow): string {
  if (fit === null) return `needs ${ENOUGH_SIZES} sizes, has ${sizes}`
  return fit.power === null ? classOf(fit) : `${formatPower(fit.power)}, ${classOf(fit)}`
}

/** A power for each suite, with its 95 % interval. */
export const timesOf = ({ times }: GrowthRow): string =>
  times.map(({ suite, exponent }) => `${formatExponent(exponent)} ${suite}`).join(", ") || "–"

function classOf({ class: best, runnerUp, verdict }: GrowthFit): string {
  return verdict === "decided" ? `class ${best}` : `class ${best} or ${runnerUp} (undecided)`
}

/** The counts follow another curve than the claimed one, and clearly so. */
const isContradicted = ({ claimed, fit }: GrowthRow): boolean =>
  claimed !== null && fit?.verdict === "decided" && fit.class !== claimed

const FOOTNOTES = [
  "claimed, formula: what the protocol says of itself, n devices before the operation. counts: whether every count of" +
    " messages, deliveries and rounds, or of public-key calls, is what the formula gives, at every size.",
  "fitted: to messages uploaded, bytes uploaded, and calls of suite operations by the whole group; in brackets the least" +
    " and the greatest power between two neighbouring sizes. times: a power of n through the group's times with its 95 %" +
    " interval over blocks, shown beside the counts and no evidence.",
]
