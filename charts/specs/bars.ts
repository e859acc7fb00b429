/** The bars of points: as long as the interval, or as much of it as the axis holds. */
import type { Point } from "./frame.ts"
import { colour, type Layer, type Look, position } from "./look.ts"

/** How far beyond the medians an axis follows the bars: a few wide ones must not squeeze all medians together. */
const REACH = 3

/** What a logarithmic axis has to hold of `points`. */
export function extentOf(points: readonly Point[]): readonly number[] {
  const medians = points.map(({ y }) => y)
  const [least, most] = [Math.min(...medians) / REACH, Math.max(...medians) * REACH]
  const ends = points.flatMap(({ low, high }) => [low, high]).filter((end) => end !== undefined)
  return [...medians, ...ends.map((end) => Math.min(Math.max(end, least), most))]
}

/** What of a point's bar is inside the axis, and which of its ends are not. */
export function bar({ y, low = y, high = y }: Point, [bottom, top]: Look["domain"]) {
  return {
    ...{ barLow: Math.max(low, bottom), barHigh: Math.min(high, top) },
    ...{ below: low < bottom, above: high > top },
  }
}

export const isCut = (point: Point, domain: Look["domain"]): boolean => {
  const { below, above } = bar(point, domain)
  return below || above
}

export const CUT_NOTE = "An arrowhead: the bar goes on beyond the axis."

/** A cap at each end beyond the point, so that bars at one size can be told apart; an arrowhead where the bar goes on. */
export function barLayers(look: Look, opacity: number): Layer[] {
  const between: Layer = {
    mark: { type: "rule", strokeWidth: 1.5, opacity },
    encoding: { ...position(look, "barLow"), y2: { field: "barHigh" }, color: colour(look) },
  }
  return [between, ...endLayers(look, opacity, LOWER), ...endLayers(look, opacity, UPPER)]
}

/** Arrowheads whose points touch the end of the axis from inside: what stuck out would lift the panel's title. */
export const UP = "M0,0L0.8,1.4L-0.8,1.4Z"
export const DOWN = "M0,0L0.8,-1.4L-0.8,-1.4Z"

type End = typeof LOWER | typeof UPPER
const LOWER = { field: "barLow", goesOn: "below", shape: DOWN } as const
const UPPER = { field: "barHigh", goesOn: "above", shape: UP } as const

function endLayers(look: Look, opacity: number, { field, goesOn, shape }: End): Layer[] {
  const encoding = { ...position(look, field), color: colour(look) }
  return [
    {
      transform: [{ filter: `datum.${field} !== datum.y && !datum.${goesOn}` }],
      mark: { type: "tick", orient: "horizontal", size: 9, thickness: 1.5, opacity },
      encoding,
    },
    {
      transform: [{ filter: `datum.${goesOn}` }],
      mark: { type: "point", shape, filled: true, size: 50, opacity },
      encoding,
    },
  ]
}
