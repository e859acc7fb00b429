/**
 * The chart of a page as a Vega-Lite object without data: the script in the browser fills in the rows, one of the two
 * scales and the title and format of the vertical axis. The fields of a drawn row are those of `DrawnRow`.
 */
import { DOWN, UP } from "../specs/bars.ts"
import { SIZE_TITLE } from "../specs/frame.ts"
import type { ProtocolStyle } from "../specs/protocol-style.ts"
import type { Value } from "./row.ts"

/** What the browser's script makes of each row that it draws. */
export type DrawnRow = Value & {
  readonly n: number
  /** Where it stands from left to right: at `n`, or beside it. */
  readonly x: number
  readonly protocol: string
  readonly unhealed: boolean
  readonly dash: readonly number[]
  readonly strokeWidth: number
  readonly pointSize: number
  /** What of the interval is inside the axis, and which of its ends are not. */
  readonly barLow: number
  readonly barHigh: number
  readonly below: boolean
  readonly above: boolean
  /** Written beside the point: the value at the largest size; empty elsewhere. */
  readonly label: string
  /** The value for the tooltip, with interval and unit. */
  readonly text: string
}

/** By the value of the control that chooses them; the script adds the domain. */
export const SCALES = {
  log: { x: { type: "log", base: 2, nice: false }, y: { type: "log", nice: false } },
  linear: { x: { type: "linear", nice: false }, y: { type: "linear", nice: false } },
} as const

const CROSS = "M-1,-1L1,1M-1,1L1,-1"
/** To a screen reader the whole chart is one picture, told in words and as a table beside it. */
const SILENT = { aria: false }

const HEALED = [{ filter: "!datum.unhealed" }]

export function chartTemplate(styles: ReadonlyMap<string, ProtocolStyle>) {
  const domain = [...styles.keys()]
  // The controls are the legend; a saved chart gets one of its own, as its configuration says.
  const byProtocol = (key: "colour" | "shape") => {
    const range = [...styles.values()].map((style) => style[key])
    return { field: "protocol", type: "nominal", sort: null, scale: { domain, range } }
  }
  const color = byProtocol("colour")
  return {
    width: "container",
    height: "container",
    autosize: { type: "fit", contains: "padding" },
    encoding: {
      x: { ...quantity("x"), axis: { title: SIZE_TITLE, format: "d", labelOverlap: "greedy", ...SILENT } },
      y: { ...quantity("y"), axis: SILENT },
    },
    layer: [
      {
        transform: HEALED,
        mark: { type: "line", ...SILENT },
        encoding: { color, strokeDash: own("dash", "nominal"), strokeWidth: own("strokeWidth") },
      },
      ...barLayers(color),
      {
        name: "points",
        transform: HEALED,
        mark: { type: "point", filled: true, opacity: 1, ...SILENT },
        encoding: { color, shape: byProtocol("shape"), size: own("pointSize"), tooltip: TOOLTIP },
      },
      {
        name: "crosses",
        transform: [{ filter: "datum.unhealed" }],
        mark: { type: "point", shape: CROSS, size: 60, strokeWidth: 2.6, opacity: 1, ...SILENT },
        encoding: { color, tooltip: TOOLTIP },
      },
      {
        mark: { type: "text", align: "left", baseline: "middle", dx: 10, ...SILENT },
        encoding: { text: { field: "label" } },
      },
    ],
  }
}

/** From end to end of the interval, each with a cap, or with an arrowhead where it goes on beyond the axis. */
function barLayers(color: object) {
  const mark = { strokeWidth: 1.5, opacity: 0.75, ...SILENT }
  const end = (field: "barLow" | "barHigh", goesOn: "below" | "above", shape: string) => [
    {
      transform: [{ filter: `datum.barLow < datum.barHigh && !datum.${goesOn}` }],
      mark: { ...mark, type: "tick", orient: "horizontal", size: 7, thickness: 1.5 },
      encoding: { color, y: { field } },
    },
    {
      transform: [{ filter: `datum.${goesOn}` }],
      mark: { ...mark, type: "point", shape, filled: true, size: 50 },
      encoding: { color, y: { field } },
    },
  ]
  return [
    {
      transform: [{ filter: "datum.barLow < datum.barHigh" }],
      mark: { ...mark, type: "rule" },
      encoding: { color, y: { field: "barLow" }, y2: { field: "barHigh" } },
    },
    ...end("barLow", "below", DOWN),
    ...end("barHigh", "above", UP),
  ]
}

const quantity = (field: string) => ({ field, type: "quantitative" })

/** A value that each row carries as it is to be drawn. */
const own = (field: "dash" | "strokeWidth" | "pointSize", type = "quantitative") => ({
  field,
  type,
  scale: null,
  legend: null,
})

const TOOLTIP = [
  { field: "protocol", title: "Protocol" },
  { field: "n", title: "Devices" },
  { field: "text", title: "Value" },
]
