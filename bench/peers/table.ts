/** The comparison for the terminal: per family what each took, then how ours stand; what it means below. */
import type { Sampled } from "../../results/schema.ts"
import { formatNs, formatNsInterval } from "../../results/units.ts"
import { type Competitor, FAMILIES, type Family, PACKAGES } from "./rows.ts"
import type { Figure, PeersDocument, RowSummary } from "./summary.ts"

export function peersTable(document: PeersDocument): string {
  const families = Object.keys(FAMILIES) as Family[]
  const sections = families.flatMap((family) => {
    const rows = document.rows.filter((row) => row.family === family)
    return [times(document, family, rows), standing(document, family, rows)]
  })
  return [header(document), ...sections, NOTES].map((lines) => lines.join("\n")).join("\n\n")
}

function header({ tool, startedAt, seed, blocks, environment, libsignalVersions }: PeersDocument): string[] {
  const { cpu, cores, node, platform, arch } = environment
  return [
    `${tool.name} ${tool.version} (${tool.commit}) beside libsignal-client from Node, ${startedAt}, seed ${seed}`,
    `${cpu}, ${cores} cores, Node ${node}, ${platform} ${arch}; libsignal ${Object.values(libsignalVersions).join(" and ")}`,
    `Times: median over ${blocks} block${blocks === 1 ? "" : "s"} [95 % interval].`,
  ]
}

function times(document: PeersDocument, family: Family, rows: readonly RowSummary[]): string[] {
  const competitors = rows[0]?.figures.map(({ competitor }) => competitor) ?? []
  const columns = competitors.map((competitor) => ({
    heading: labelOf(document, competitor),
    cell: (row: RowSummary) => time(figureOf(row, competitor)?.elapsedNs),
  }))
  return [`${FAMILIES[family].title}: time of one round`, ...grid(rows, columns)]
}

const OURS = ["native", "noble"] as const satisfies readonly Competitor[]

function standing(document: PeersDocument, family: Family, rows: readonly RowSummary[]): string[] {
  const ratios = OURS.map((competitor) => ({
    heading: `${competitor} / libsignal`,
    cell: (row: RowSummary) => ratio(figureOf(row, competitor)?.ratio),
  }))
  const shares = OURS.map((competitor) => ({
    heading: `primitives in ${competitor}`,
    cell: (row: RowSummary) => share(figureOf(row, competitor)?.primitivesShare),
  }))
  const reference = labelOf(document, FAMILIES[family].reference)
  return [
    `${FAMILIES[family].title}: our time over that of ${reference} (below 1 we are faster)`,
    ...grid(rows, [...ratios, ...shares]),
  ]
}

const figureOf = ({ figures }: RowSummary, competitor: Competitor): Figure | undefined =>
  figures.find((figure) => figure.competitor === competitor)

const labelOf = ({ libsignalVersions }: PeersDocument, competitor: Competitor): string =>
  competitor === "native" || competitor === "noble"
    ? competitor
    : `libsignal ${libsignalVersions[competitor]}`

const NONE = "–"

const time = (ns: Sampled | undefined): string =>
  ns === undefined ? NONE : `${formatNs(ns.median)} ${formatNsInterval(ns)}`.trimEnd()

const ratio = (sampled: Sampled | undefined): string =>
  sampled === undefined ? NONE : withInterval(sampled, significant, "")

/** A row without cryptography has no share to show. */
const share = (sampled: Sampled | undefined): string =>
  sampled === undefined || sampled.high === 0 ? NONE : withInterval(sampled, percent, " %")

function withInterval(
  { median, low, high }: Sampled,
  write: (value: number) => string,
  unit: string,
): string {
  const interval = low === high ? "" : ` [${write(low)}, ${write(high)}]`
  return write(median) + unit + interval
}

const significant = (value: number): string => (value < 100 ? value.toPrecision(3) : value.toFixed(0))
const percent = (value: number): string => (value * 100).toFixed(0)

type Column = { readonly heading: string; readonly cell: (row: RowSummary) => string }

function grid(rows: readonly RowSummary[], columns: readonly Column[]): string[] {
  const names = padded(["", ...rows.map(({ row }) => row)], "padEnd")
  const cells = columns.map(({ heading, cell }) => padded([heading, ...rows.map(cell)], "padStart"))
  return names.map((name, line) => [name, ...cells.map((column) => column[line])].join("  ").trimEnd())
}

function padded(texts: readonly string[], pad: "padStart" | "padEnd"): string[] {
  const width = Math.max(...texts.map((text) => text.length))
  return texts.map((text) => text[pad](width))
}

const NOTES = [
  "encrypt, decrypt: from plaintext to serialized message and back; both: their sum, pass by pass. 32 B: the payload.",
  "create distribution: a fresh sender key and its serialized message; process: a receiver's first key of that sender.",
  "same chain: no answer in between. ping-pong: a message each way, each with a new ratchet key. set-up: open a session",
  "from a bundle with a one-time prekey, encrypt and decrypt the first message; making the bundle is not in it.",
  "primitives: the share of our time that the suite's operations take; from 91 % on a row is within 10 % of their cost.",
  "libsignal asks JavaScript for stored keys: stores in memory, awaits and the way into native code are in its times.",
  `Not compared: sessions of ${PACKAGES["libsignal-current"]} as it is today (version 4, with post-quantum keys).`,
]
