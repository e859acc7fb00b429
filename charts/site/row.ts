/** The figures that a chart can show, one by one, and the names by which a reader chooses among them. */

/** Something to choose, by the name it has in an address. */
export type Choice = { readonly id: string; readonly title: string }

export type Measure = Choice & {
  /** Title of the vertical axis, with the unit. */
  readonly axis: string
  readonly unit: "count" | "bytes" | "ms" | "perSecond" | "ratio"
  /** Exact figures are the same under every suite. */
  readonly kind: "exact" | "sampled"
  /** What is counted, and what is not. */
  readonly definition: string
}

/** A number in the unit of its measure, with the 95 % interval where it has one. */
export type Value = { readonly y: number; readonly low?: number; readonly high?: number }

/** One figure of one protocol in one group. */
export type Row = Value & {
  readonly measure: string
  /** Whose it is: the group's, the initiator's, … */
  readonly of: string
  readonly protocol: string
  /** Absent where it makes no difference. */
  readonly suite?: string
  readonly n: number
  /** The adversary still reads after this heal, so it is not what healing costs. */
  readonly unhealed?: true
}

/** A median and its interval in another unit. */
export function scaled(
  { median, low, high }: { readonly median: number; readonly low: number; readonly high: number },
  unit: number,
): Value {
  return { y: median / unit, low: low / unit, high: high / unit }
}
