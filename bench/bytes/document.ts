/** docs/bytes.md: our bytes and the prototype's as tables. */
import { type Comparison, compare, type Row } from "./comparison.ts"
import { COMPARED, type Compared, type Uploads } from "./uploads.ts"

/** What one group uploads. */
export type Group = Readonly<Record<Compared, Uploads>>

/** What is taken apart on the page. */
export const TABLES: readonly (readonly [Compared, groupSize: number])[] = [
  ["update", 8],
  ["update", 32],
  ["update", 128],
  ["create", 32],
  ["message", 32],
  ["add", 32],
  ["remove", 32],
]

const INTRODUCTION = `# DCGKA: our bytes and those of its authors' prototype

Written by \`npm run --silent bytes > docs/bytes.md\`; \`.ci/run\` holds it against the code.

*Here* is what our members upload under \`dcgka\` over the channel \`2sm\`, taken apart packet by packet; a test holds the sums against
\`bytesUploaded\`. *There* is what the prototype of the paper's authors (Java) would send for as many broadcasts and ciphertexts,
by its Thrift structs (\`results/published/prototype-bytes.ts\`): from our counts come all 45 byte figures that they published.
*In* says in how many places a field stands.

- Names make the most of it. There they are keys of 32 bytes, and every message names its sender; here they are short (\`m000\`), and
  the server vouches for the sender. An application with names of 32 bytes has 28 more for each that is said here. In return
  our members' first signing keys, which are no names, have to be told to others.
- Framing comes next: there structs within structs (24 bytes in a ciphertext, 7 around a signature of 64), here protobuf in what is
  signed and one byte in a ciphertext.
- Seeds have 32 bytes here and 16 there. Here a hash of the secret is signed, there the ciphertexts themselves are: so here a
  server can hand each member its own ciphertext alone.
- HPKE (RFC 9180) takes no byte more than the public-key encryption that the prototype has in its place.
- The prototype's welcome is in the clear but for the chain, and lists who acknowledged whom: n² numbers. Ours is wholly inside the
  channel, with the history folded into who is a member now.`

/** @param groups - by rising size, those of {@link TABLES} among them */
export function bytesDocument(groups: readonly Group[]): string {
  const tables = TABLES.map(([operation, n]) => fieldTable(compare(groupOf(groups, n)[operation])))
  return `${[INTRODUCTION, totalsTable(groups), ...tables].join("\n\n")}\n`
}

function groupOf(groups: readonly Group[], groupSize: number): Group {
  const found = groups.find(({ create }) => create.groupSize === groupSize)
  if (found === undefined) throw new Error(`there is no group of ${groupSize}`)
  return found
}

const totalsTable = (groups: readonly Group[]): string =>
  [
    "## Bytes uploaded, there → here",
    "",
    tableLine(["n", ...COMPARED]),
    `|${"--:|".repeat(1 + COMPARED.length)}`,
    ...groups.map(totalsLine),
  ].join("\n")

export function totalsLine(group: Group): string {
  const totals = COMPARED.map((operation) => compare(group[operation]))
  const cells = totals.map(({ there, here }) => `${written(there)} → ${written(here)}`)
  return tableLine([written(group.create.groupSize), ...cells])
}

export function fieldTable({ operation, groupSize, rows, there, here }: Comparison): string {
  return [
    `## \`${operation}\` in a group of ${groupSize}`,
    "",
    tableLine(["field", "there", "in", "here", "in", "difference", "why"]),
    "|---|--:|--:|--:|--:|--:|---|",
    ...rows.map(fieldLine),
    tableLine(["**sum**", written(there), "", written(here), "", signed(here - there), ""]),
  ].join("\n")
}

function fieldLine({ field, there, here, why }: Row): string {
  const numbers = [there.bytes, there.times, here.bytes, here.times].map(written)
  return tableLine([field, ...numbers, signed(here.bytes - there.bytes), why])
}

const tableLine = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`

const written = (value: number): string => value.toLocaleString("en-US")

const signed = (value: number): string =>
  value === 0 ? "0" : `${value < 0 ? "−" : "+"}${written(Math.abs(value))}`
