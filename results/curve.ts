/** A cost at every group size, from what is known of it at some. */
import type { Point } from "./stats/power.ts"

/** From 1 device on; at least 0. */
export type Curve = (groupSize: number) => number

/**
 * Between two sizes the power of n that goes through both, a straight line where one of them costs nothing; before the
 * first and after the last size the piece beside it goes on. It goes through every point, and is exact for a · n^k.
 *
 * @param points - of two or more sizes, in rising order
 */
export function curveThrough(points: readonly Point[]): Curve {
  if (points.length < 2) throw new Error("a curve needs two sizes")
  return (groupSize) => {
    const after = points.findIndex(({ x }, index) => index > 0 && x >= groupSize)
    const [from, to] = points.slice(after === -1 ? -2 : after - 1) as [Point, Point]
    return from.y > 0 && to.y > 0 ? onPower(from, to, groupSize) : onLine(from, to, groupSize)
  }
}

function onPower(from: Point, to: Point, x: number): number {
  if (x === to.x) return to.y // to the bit, which the power may miss by rounding
  return from.y * (x / from.x) ** (Math.log(to.y / from.y) / Math.log(to.x / from.x))
}

const onLine = (from: Point, to: Point, x: number): number =>
  Math.max(0, from.y + ((to.y - from.y) * (x - from.x)) / (to.x - from.x))
