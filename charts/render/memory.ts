/** What groups keep in memory, in the model and on this machine; one row for each protocol and size. */
import type { Cell, ResultDocument } from "../../results/schema.ts"
import { formatBytes, formatCount } from "../../results/units.ts"
import { type Column, type Paint, table } from "./grid.ts"

type Row = {
  readonly protocol: string
  readonly groupSize: number
  /** Of a member, over all operations. */
  readonly stateMean: number
  readonly stateLargest: number
  readonly peakMemoryBytes: number
}

/** Nothing where no process was measured. */
export function memorySection({ cells }: ResultDocument, paint: Paint): string[] {
  const rows = rowsOf(cells)
  const title = `${paint("bold", "memory")}: the state of members, and of the process that counted all operations`
  return rows.length === 0 ? [] : [title, ...table(COLUMNS, rows, paint)]
}

function rowsOf(cells: readonly Cell[]): Row[] {
  const rows = new Map<string, Row>()
  for (const { protocol, groupSize, exact, peakMemoryBytes } of cells) {
    if (peakMemoryBytes === undefined) continue
    const key = `${groupSize} ${protocol}`
    const known = rows.get(key)
    rows.set(key, {
      protocol,
      groupSize,
      stateMean: Math.max(known?.stateMean ?? 0, exact.stateBytesMean),
      stateLargest: Math.max(known?.stateLargest ?? 0, exact.stateBytesMax),
      peakMemoryBytes,
    })
  }
  return [...rows.values()].sort((a, b) => a.groupSize - b.groupSize)
}

const column = (heading: string, text: (row: Row) => string): Column<Row> => ({
  heading,
  align: "right",
  figure: (row) => ({ text: text(row) }),
})

const COLUMNS: readonly Column<Row>[] = [
  {
    heading: "n",
    align: "right",
    figure: ({ groupSize }, above) => ({
      text: groupSize === above?.groupSize ? "" : formatCount(groupSize),
    }),
  },
  { heading: "protocol", align: "left", figure: ({ protocol }) => ({ text: protocol }) },
  column("a member's state, mean", ({ stateMean }) => formatBytes(stateMean)),
  column("largest", ({ stateLargest }) => formatBytes(stateLargest)),
  column("all members' state", ({ stateMean, groupSize }) => formatBytes(stateMean * groupSize)),
  column("process peak", ({ peakMemoryBytes }) => formatBytes(peakMemoryBytes)),
]
