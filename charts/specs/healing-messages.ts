import type { TopLevelSpec } from "vega-lite"
import { messagesIn } from "../../results/exact.ts"
import type { Cell, Operation, ResultDocument } from "../../results/schema.ts"
import { fitPower } from "../../results/stats/power.ts"
import { CLAIMS_NOTE, claimedPoints } from "./claims.ts"
import {
  distinct,
  exactCells,
  FIGURE_WIDTH,
  type Figure,
  heading,
  logDomain,
  NO_OVERLAY,
  type Overlay,
  type Point,
  suiteNote,
  VALUE_SPAN,
} from "./frame.ts"
import { claimLayers, crossLayers, seriesLayers } from "./layers.ts"
import { type Layer, type Look, position } from "./look.ts"
import { NEUTRAL, protocolStyles } from "./protocol-style.ts"

const CAPTION = [
  "The adversary copies the complete state of one device, then records all traffic and sends nothing. Healed means: " +
    "nothing that any member sends later can be read with that copy. A program that holds the copy tries it all; in " +
    "groups above 128, of the messages between two other members only a sample.",
  "Counted: every packet once, to one recipient or to all. Not counted: ciphertexts inside a broadcast, copies that the " +
    "server fans out, prekey bundles fetched, and the server's own notices. The exponent is that of a power of n fitted " +
    "to the counts. A cross marks a heal after which the adversary could still read; it takes no part in the fit.",
]

export const healingMessages: Figure = {
  name: "healing-messages",
  title: "Messages until the adversary is shut out",
  caption: [
    ...CAPTION,
    "Each protocol takes the fewest steps that heal it without leaving its two-party sessions. Under periodic-sender-keys nobody " +
      "notices: its renewals fall due until it has healed.",
  ],
  spec: (...args) => spec(healingMessages, "heal", ...args),
}

/** Protocols that have no sessions, or that need not leave them, are not in it. */
export const healingFreshMessages: Figure = {
  name: "fresh-healing-messages",
  title: "Messages until the adversary is shut out, over fresh sessions",
  caption: [
    "The device that was copied leaves its two-party sessions behind and opens fresh ones from new prekey bundles, which " +
      "are not counted.",
    ...CAPTION,
  ],
  spec: (...args) => spec(healingFreshMessages, "heal-fresh", ...args),
}

const HEIGHT = 500
const HIGHEST = 0.75 // of the width: room for the legend of a narrow figure

type Healing = Point & { readonly healed: boolean }

function spec(
  { title }: Figure,
  operation: Operation,
  document: ResultDocument,
  overlay: Overlay = NO_OVERLAY,
  width: number = FIGURE_WIDTH,
): TopLevelSpec | undefined {
  const all = exactCells(document)
    .filter((cell) => cell.operation === operation)
    .flatMap(point)
  const points = all.filter(({ y }) => y > 0) // a logarithmic axis has no place for 0
  if (points.length === 0) return undefined
  const look = lookOf(points, width)
  const claims = claimsOn(points, operation, look, overlay)
  return {
    description: title,
    title: heading(document, title, [...notes(all, document), ...(claims.length > 0 ? [CLAIMS_NOTE] : [])]),
    width,
    height: Math.min(HEIGHT, Math.round(width * HIGHEST)),
    autosize: { type: "fit", contains: "content" },
    layer: [
      ...referenceLayers(look),
      ...claimLayers(claims, look),
      ...seriesLayers(healedOnly(points), look),
      ...crossLayers(
        points.filter(({ healed }) => !healed),
        look,
      ),
    ],
  }
}

/** Nothing for a cell without a verdict: an unchecked count must not pass for the cost of healing. */
function point({ protocol, suite, groupSize, exact, healing }: Cell): Healing[] {
  if (healing === undefined) return []
  return [{ protocol, suite, n: groupSize, y: messagesIn(exact), healed: healing.healed }]
}

function claimsOn(
  points: readonly Healing[],
  operation: Operation,
  { sizes }: Look,
  { claimedLine }: Overlay,
): readonly Point[] {
  const protocols = healedOnly(points).map(({ protocol }) => protocol)
  return claimedPoints(claimedLine, protocols, { operation, sizes })
}

function healedOnly(points: readonly Healing[]): readonly Healing[] {
  return points.filter(({ healed }) => healed)
}

function notes(points: readonly Healing[], document: ResultDocument): string[] {
  const named = (those: readonly Healing[]) => distinct(those.map(({ protocol }) => protocol)).join(", ")
  const open = named(points.filter(({ healed }) => !healed))
  const zero = named(points.filter(({ y }) => y === 0))
  return [
    "Two-party messages and broadcasts uploaded, once each, after one device's whole state was stolen.",
    `${suiteNote(document)}${points.some((own) => fitOf(own.protocol, points)) ? " ~ n^k: power of n fitted to the counts." : ""}`,
    ...(open === "" ? [] : [`× not healed, the adversary still reads: ${open}.`]),
    ...(zero === "" ? [] : [`No messages at all, which a logarithmic axis cannot show: ${zero}.`]),
  ]
}

function lookOf(points: readonly Healing[], width: number): Look {
  const sizes = distinct(points.map(({ n }) => n)).toSorted((a, b) => a - b)
  const bounds = logDomain(sizes)
  const labels = new Map(
    distinct(points.map(({ protocol }) => protocol)).map((name) => [name, label(name, points)]),
  )
  return {
    styles: protocolStyles([...labels.keys()]),
    label: (protocol) => labels.get(protocol) ?? protocol,
    sizes,
    suites: [],
    width: { figure: width, panel: width },
    domain: logDomain([...points.map(({ y }) => y), ...bounds.map(pairs)], VALUE_SPAN),
    axes: { x: "titled", y: "titled" },
    y: { title: "Messages uploaded until healed", tick: "~s", tooltip: "," },
  }
}

function label(protocol: string, points: readonly Healing[]): string {
  if (!healedOnly(points).some((point) => point.protocol === protocol)) return `${protocol}: not healed`
  const fit = fitOf(protocol, points)
  return fit === undefined ? protocol : `${protocol} ~ n^${fit.exponent.toFixed(2)}`
}

function fitOf(protocol: string, points: readonly Healing[]) {
  const own = healedOnly(points).filter((point) => point.protocol === protocol && point.y > 0)
  return fitPower(own.map(({ n, y }) => ({ x: n, y })))
}

/** Everyone sends to everyone else once: the count that the paper gives for sender keys. */
function pairs(n: number): number {
  return n * (n - 1)
}

const REFERENCE_STEPS = 40

/** n(n − 1) across the whole panel, named at its right end, where nothing else stands. */
function referenceLayers(look: Look): Layer[] {
  const [low, high] = logDomain(look.sizes)
  const ends = Array.from(
    { length: REFERENCE_STEPS + 1 },
    (_, i) => low * (high / low) ** (i / REFERENCE_STEPS),
  )
  const values = ends.map((n) => ({ n, y: pairs(n), name: "n(n − 1)" }))
  return [
    {
      data: { values },
      mark: { type: "line", color: NEUTRAL, strokeDash: [3, 3], strokeWidth: 1.2 },
      encoding: position(look),
    },
    {
      data: { values: values.slice(-1) },
      mark: { type: "text", align: "left", dx: 6 },
      encoding: { ...position(look), text: { field: "name" } },
    },
  ]
}
