/**
 * How a protocol looks in every figure: colour, point shape, dash pattern and weight together, so that no
 * reader depends on colour alone and two protocols with equal counts both stay visible.
 *
 * Colours: M. Okabe and K. Ito, "Color Universal Design", 2008. Their black and yellow are left out: each
 * disappears on one of our two backgrounds; a grey that reads on both stands in for them.
 */

export type ProtocolStyle = {
  readonly colour: string
  readonly shape: string
  /** Stroke and gap lengths in pixels; one 0-length gap is a solid line. */
  readonly dash: readonly number[]
  readonly strokeWidth: number
  /** Area of a point in square pixels. */
  readonly pointSize: number
}

// Heavier styles are drawn first and lighter ones over them: where lines coincide, the lighter one runs
// inside the heavier one and its smaller point sits on the larger point.
const STYLES: readonly [ProtocolStyle, ...ProtocolStyle[]] = [
  { colour: "#0072B2", shape: "circle", dash: [1, 0], strokeWidth: 4.5, pointSize: 210 },
  { colour: "#E69F00", shape: "square", dash: [7, 4], strokeWidth: 2.6, pointSize: 70 },
  { colour: "#009E73", shape: "triangle-up", dash: [2, 3], strokeWidth: 2.4, pointSize: 70 },
  { colour: "#CC79A7", shape: "diamond", dash: [10, 3, 2, 3], strokeWidth: 2, pointSize: 60 },
  { colour: "#D55E00", shape: "triangle-down", dash: [12, 3], strokeWidth: 1.6, pointSize: 50 },
  { colour: "#56B4E9", shape: "triangle-right", dash: [4, 2], strokeWidth: 1.6, pointSize: 45 },
  { colour: "#808080", shape: "triangle-left", dash: [6, 2, 1, 2, 1, 2], strokeWidth: 1.4, pointSize: 40 },
]

/** The place of each competitor of this project in `STYLES`: the same in every document. */
const OWN = ["sender-keys", "periodic-sender-keys", "pairwise", "dcgka", "mls"]

/** The reference line n(n − 1) and other things that are no protocol. */
export const NEUTRAL = "#808080"

/**
 * The style of every protocol of a document, in drawing order (heaviest first).
 *
 * Protocols of this project keep their style whatever else is in the document; others take the free places
 * in order of name, and start again from the first when all are taken.
 */
export function protocolStyles(protocols: readonly string[]): ReadonlyMap<string, ProtocolStyle> {
  const named = new Set(protocols)
  const strangers = [...named].filter((name) => !OWN.includes(name)).sort()
  const order = [...OWN, ...strangers]
  const present = order.filter((name) => named.has(name))
  return new Map(present.map((name) => [name, STYLES[order.indexOf(name) % STYLES.length] ?? STYLES[0]]))
}
