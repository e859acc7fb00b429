/**
 * How a protocol looks in every figure: colour, point shape, dash pattern and weight together, so that no
 * reader depends on colour alone and two protocols with equal counts both stay visible.
 *
 * Colours: after M. Okabe and K. Ito, "Color Universal Design", 2008, with yellow and black left out and orange,
 * green and vermilion darkened: each colour has a contrast of 3 to 1 or more to both backgrounds (WCAG 2.2, 1.4.11),
 * and the first five are told apart under each kind of colour blindness.
 */

export type ProtocolStyle = {
  readonly colour: string
  /** A name that Vega knows, or an SVG path from about −1 to 1. */
  readonly shape: string
  /** Stroke and gap lengths in pixels; one 0-length gap is a solid line. */
  readonly dash: readonly number[]
  readonly strokeWidth: number
  /** Area of a point in square pixels. */
  readonly pointSize: number
}

/** `tint` is the same hue, lighter or darker, for a protocol of this style over another channel. */
type BaseStyle = ProtocolStyle & { readonly tint: string }

// Heavier styles are drawn first and lighter ones over them: where lines coincide, the lighter one runs
// inside the heavier one and its smaller point sits on the larger point.
const STYLES: readonly [BaseStyle, ...BaseStyle[]] = [
  { colour: "#0072B2", tint: "#3F9BD9", shape: "circle", dash: [1, 0], strokeWidth: 4.5, pointSize: 210 },
  { colour: "#CC8100", tint: "#8F5A00", shape: "square", dash: [7, 4], strokeWidth: 2.6, pointSize: 70 },
  { colour: "#009E60", tint: "#007347", shape: "triangle-up", dash: [2, 3], strokeWidth: 2.4, pointSize: 70 },
  {
    colour: "#CC79A7",
    tint: "#A3457B",
    shape: "diamond",
    dash: [10, 3, 2, 3],
    strokeWidth: 2,
    pointSize: 60,
  },
  {
    colour: "#B2391B",
    tint: "#E0704E",
    shape: "triangle-down",
    dash: [12, 3],
    strokeWidth: 1.8,
    pointSize: 56,
  },
  {
    colour: "#8A63D2",
    tint: "#A07BE0",
    shape: "triangle-right",
    dash: [4, 2],
    strokeWidth: 1.6,
    pointSize: 50,
  },
  {
    colour: "#7A7A00",
    tint: "#929200",
    shape: "triangle-left",
    dash: [8, 2, 2, 2],
    strokeWidth: 1.6,
    pointSize: 50,
  },
  {
    colour: "#808080",
    tint: "#949494",
    shape: "cross",
    dash: [6, 2, 1, 2, 1, 2],
    strokeWidth: 1.6,
    pointSize: 50,
  },
]

/** The place of each competitor of this project in `STYLES`: the same in every document. */
const OWN = ["sender-keys", "periodic-sender-keys", "pairwise", "dcgka", "mls"]

/** What follows the slash in the name of a competitor that runs over another channel than its usual one. */
const CHANNELS = ["signal", "2sm"]

const STAR = "M0,-1.2L0.45,-0.45L1.2,0L0.45,0.45L0,1.2L-0.45,0.45L-1.2,0L-0.45,-0.45Z"
const HOURGLASS = "M-0.9,-0.9L0.9,-0.9L-0.9,0.9L0.9,0.9Z"
const HEXAGON = "M0,-1L0.87,-0.5L0.87,0.5L0,1L-0.87,0.5L-0.87,-0.5Z"
const CHANNEL_SHAPES = [STAR, HOURGLASS, HEXAGON] as const

const PLUS = "M-1,0L1,0M0,-1L0,1"
const ASTERISK = "M-1,0L1,0M-0.5,-0.87L0.5,0.87M0.5,-0.87L-0.5,0.87"
const FORK = "M0,0L0,1M0,0L-0.87,-0.5M0,0L0.87,-0.5"
const PUBLISHED_SHAPES = [PLUS, ASTERISK, FORK] as const

/** The reference line n(n − 1) and other things that are no protocol. */
export const NEUTRAL = "#808080"

/**
 * The style of every protocol of a document, in drawing order (heaviest first).
 *
 * Protocols of this project keep their style whatever else is in the document; others take the free places
 * in order of name, and when all are taken their colours and shapes come again in other pairs. `name/channel` has the
 * hue of `name` in another tint, and a shape and dashes of its channel.
 */
export function protocolStyles(protocols: readonly string[]): ReadonlyMap<string, ProtocolStyle> {
  const names = [...new Set(protocols)]
  const bases = ordered(names.map(baseOf), OWN)
  const channels = ordered(names.filter(hasChannel).map(channelOf), CHANNELS)
  const present = bases.filter((base) => names.includes(base))
  const elsewhere = names
    .filter(hasChannel)
    .sort((a, b) => bases.indexOf(baseOf(a)) - bases.indexOf(baseOf(b)) || (a < b ? -1 : 1))
  return new Map([
    ...present.map((name) => [name, plain(bases.indexOf(name))] as const),
    ...elsewhere.map((name) => {
      const place = { base: bases.indexOf(baseOf(name)), channel: channels.indexOf(channelOf(name)) }
      return [name, overChannel(place)] as const
    }),
  ])
}

/**
 * The style of something published about a competitor of this project: its hue, a stroked mark that no measured
 * protocol has, thin dots.
 *
 * @param place - among what is published in one figure
 */
export function publishedStyle(protocol: string, place: number): ProtocolStyle {
  return {
    colour: plain(ordered([protocol], OWN).indexOf(protocol)).tint,
    shape: cycled(PUBLISHED_SHAPES, place),
    dash: [1, 3 + place],
    strokeWidth: 1.4,
    pointSize: 90,
  }
}

const hasChannel = (name: string): boolean => name.includes("/")
const baseOf = (name: string): string => name.split("/", 1)[0] ?? name
const channelOf = (name: string): string => name.slice(baseOf(name).length + 1)

/** `known`, then those of `names` that are not among them. */
function ordered(names: readonly string[], known: readonly string[]): string[] {
  const unknown = new Set(names.filter((name) => !known.includes(name)))
  return [...known, ...[...unknown].sort()]
}

function plain(place: number): BaseStyle {
  const style = cycled(STYLES, place)
  const turn = Math.floor(place / STYLES.length)
  if (turn === 0) return style
  return { ...style, shape: cycled(STYLES, place + turn).shape, dash: [2 + place, 2] }
}

/** Lighter than every style without a channel, so that it is seen where it coincides with its base. */
function overChannel({ base, channel }: { readonly base: number; readonly channel: number }): ProtocolStyle {
  return {
    colour: plain(base).tint,
    shape: cycled(CHANNEL_SHAPES, channel),
    dash: [3, 2 + base, 1, 2 + channel],
    strokeWidth: 1.3,
    pointSize: 48,
  }
}

function cycled<T>(values: readonly [T, ...T[]], place: number): T {
  return values[place % values.length] ?? values[0]
}
