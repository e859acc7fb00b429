/** From which size one protocol costs less than another, for the terminal. */
import type { Crossover, Stretch } from "../../results/crossover.ts"
import type { Growing } from "../../results/theory.ts"
import { type Column, pack, table, wrap } from "./grid.ts"

const MEASURES: Readonly<Record<Growing, string>> = {
  messages: "messages",
  bytes: "bytes",
  cpu: "CPU",
}

/** One row for each answer, then footnotes; the last line without a newline. */
export function crossoverTable(
  answers: readonly Crossover[],
  messagesPerHeal: number,
  width: number,
): string {
  const title = `what ${messagesPerHeal} application messages and one heal cost together`
  const plain = (_style: string, text: string): string => text
  const notes = FOOTNOTES.flatMap((note) => wrap(note, width))
  const tables = pack(KEYS, [ANSWER, MORE], answers, width).map((columns) =>
    table([...KEYS, ...columns], answers, plain).join("\n"),
  )
  return [title, tables.join("\n\n"), "", ...notes].join("\n")
}

const column = (heading: string, text: (answer: Crossover) => string): Column<Crossover> => {
  return { heading, align: "left", figure: (answer) => ({ text: text(answer) }) }
}

const KEYS: readonly Column<Crossover>[] = [
  column("protocol", ({ protocols: [one] }) => one),
  column("beats", ({ protocols: [, other] }) => other),
  column("in", ({ measure, suite }) => `${MEASURES[measure]}${suite === null ? "" : ` (${suite})`}`),
]

const ANSWER: readonly Column<Crossover>[] = [
  column("known for", ({ stretches, basis }) => `${bothEnds(endsOf(stretches))}, ${basis}`),
  column("when n is", answerIn),
]

const MORE: readonly Column<Crossover>[] = [
  column("by the medians", ({ protocols: [one], medians }) =>
    medians === null ? "–" : whereCheaper(one, medians),
  ),
  column("beyond, extrapolated", beyond),
]

/** Where the first costs less, and where it cannot be told. */
function answerIn({ protocols: [one], stretches, basis }: Crossover): string {
  const open = stretches.filter(({ cheaper }) => cheaper === null)
  const tie = basis === "times" ? "undecided" : "equal"
  if (open.length === stretches.length) return `${tie} always`
  const ties = open.length === 0 ? [] : [`${tie} ${open.map((own) => sizesOf(own, stretches)).join(", ")}`]
  return [whereCheaper(one, stretches), ...ties].join("; ")
}

function whereCheaper(protocol: string, stretches: readonly Stretch[]): string {
  const won = stretches.filter(({ cheaper }) => cheaper === protocol)
  return won.map((stretch) => sizesOf(stretch, stretches)).join(", ") || "never"
}

function sizesOf({ from, to }: Stretch, all: readonly Stretch[]): string {
  const ends = endsOf(all)
  if (all.length === 1) return "always"
  if (from === ends.from) return `up to ${to}`
  return to === ends.to ? `from ${from}` : bothEnds({ from, to })
}

const bothEnds = ({ from, to }: Pick<Stretch, "from" | "to">): string =>
  from === to ? `${from}` : `${from} to ${to}`

const endsOf = (all: readonly Stretch[]): Pick<Stretch, "from" | "to"> => {
  return { from: all[0]?.from ?? 0, to: all.at(-1)?.to ?? 0 }
}

/** What changes after the last measured size. */
function beyond({ stretches, extrapolated }: Crossover): string {
  const changes = extrapolated.filter(
    ({ cheaper }, index) => cheaper !== (extrapolated[index - 1] ?? stretches.at(-1))?.cheaper,
  )
  if (extrapolated.length === 0) return "–"
  if (changes.length === 0) return `the same to ${extrapolated.at(-1)?.to}`
  return changes.map(({ from, cheaper }) => `${cheaper ?? "neither"} from ${from}`).join(", ")
}

const FOOTNOTES = [
  "formulas: exact at every size. counts, times: those measured, and between two sizes the power of n that goes through" +
    " both; extrapolated: its last piece goes on beyond the largest size, where nobody measured.",
  "bytes: uploaded. CPU: of the whole group; undecided: the 95 % interval of the ratio within blocks holds 1 (of one" +
    " block there is no interval).",
]
