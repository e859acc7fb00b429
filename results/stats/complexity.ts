/**
 * How a cost grows with the group: which of the classes 1, log n, n, n log n and n² fits best.
 *
 * google/benchmark fits c · g(n) without an intercept and keeps the least error. That calls 500 + n "log n",
 * 500 + 20 log n "1" and n + n²/100 "n²". So here a curve is a + b · g(n) with a, b ≥ 0, errors are relative,
 * a curve pays for its number of coefficients (AICc), and a near tie is said to be undecided.
 *
 * Each class is stood for by the count that a group produces: a packet to each other member is n − 1, from
 * everybody to everybody n(n − 1). With plain n and n², whose −1 would need a < 0, exact n − 1 is taken for n log n.
 */

import { distinctSizes, type Point } from "./power.ts"
import { mean, sum } from "./sum.ts"

const CLASSES = {
  "1": () => 0,
  "log n": (n: number) => Math.log2(n),
  n: (n: number) => n - 1,
  "n log n": (n: number) => (n - 1) * Math.log2(n),
  "n²": (n: number) => n * (n - 1),
} as const
export type ComplexityClass = keyof typeof CLASSES

/** y = a + b · g(n), g as in the note above (logarithms to base 2). */
export type ClassFit = {
  readonly class: ComplexityClass
  readonly a: number
  readonly b: number
  /** Root mean square of ln(y / fitted): 0.05 is an error of about 5 %. */
  readonly error: number
  /** Lower is better; plain AIC when there are too few points for the correction. */
  readonly aicc: number
}

export type ComplexityFit = {
  readonly best: ClassFit
  readonly runnerUp: ClassFit
  /** `undecided`: fewer than 4 sizes, or the runner-up's AICc is within 2. */
  readonly verdict: "decided" | "undecided"
}

const DECISIVE_AICC = 2
/** Exact counts have no noise: at four sizes the classes stand apart, at three a curve passes near any points. */
const ENOUGH_POINTS = 4
/** AICc divides by points − coefficients − 1; at 4 points that penalty outweighs any data, so it is left out. */
const CORRECTABLE_POINTS = 5
/** Mean square error below which a fit is exact: two exact fits then tie but for their coefficients. */
const EXACT = 1e-12

/**
 * The class of growth that fits best, with the runner-up.
 *
 * @param points - x: group size, at least 1; y: a cost, at least 0; one point a size
 * @throws Error when there is no point, or one is out of range
 */
export function fitComplexity(points: readonly Point[]): ComplexityFit {
  if (points.length === 0 || !points.every(({ x, y }) => x >= 1 && y >= 0 && Number.isFinite(x + y))) {
    throw new Error("needs points with x of at least 1 and y of at least 0")
  }
  const names = Object.keys(CLASSES) as ComplexityClass[]
  // The sort is stable and the classes stand in order of growth: of equal fits the simpler comes first.
  const [best, runnerUp] = names.map((name) => fitClass(name, points)).sort((a, b) => a.aicc - b.aicc)
  if (best === undefined || runnerUp === undefined) throw new Error("there are five classes")
  const isDecided = distinctSizes(points) >= ENOUGH_POINTS && runnerUp.aicc - best.aicc >= DECISIVE_AICC
  return { best, runnerUp, verdict: isDecided ? "decided" : "undecided" }
}

function fitClass(name: ComplexityClass, points: readonly Point[]): ClassFit {
  const floor = smallestPositive(points) / 2 // stands in for zero, which has no relative error
  const curve = leastSquares(
    points.map(({ x, y }) => ({ g: CLASSES[name](x), y, weight: 1 / Math.max(y, floor) ** 2 })),
  )
  // Judged on logarithms: the same as relative error while small, but a constant far below the data has a relative
  // error of at most 1 however far it is, and would win over a good fit with one coefficient more.
  const meanSquare = mean(
    points.map(({ x, y }) => {
      const fitted = curve.a + curve.b * CLASSES[name](x)
      return Math.log(Math.max(y, floor) / Math.max(fitted, floor)) ** 2
    }),
  )
  return { class: name, ...curve, error: Math.sqrt(meanSquare), aicc: aicc(meanSquare, name, points) }
}

function aicc(meanSquare: number, name: ComplexityClass, points: readonly Point[]): number {
  const n = points.length
  const k = name === "1" ? 1 : 2
  const aic = n * Math.log(Math.max(meanSquare, EXACT)) + 2 * k
  return distinctSizes(points) < CORRECTABLE_POINTS ? aic : aic + (2 * k * (k + 1)) / (n - k - 1)
}

type Weighted = { readonly g: number; readonly y: number; readonly weight: number }
type Curve = { readonly a: number; readonly b: number }

/** y = a + b · g with a, b ≥ 0: the free solution where it is allowed, else the better of the two edges. */
function leastSquares(points: readonly Weighted[]): Curve {
  const total = (value: (p: Weighted) => number): number => sum(points.map((p) => p.weight * value(p)))
  const [s, sg, sgg] = [total(() => 1), total((p) => p.g), total((p) => p.g ** 2)]
  const [sy, sgy] = [total((p) => p.y), total((p) => p.g * p.y)]
  const determinant = s * sgg - sg * sg
  const flat = { a: sy / s, b: 0 }
  if (determinant <= EXACT * s * sgg) return flat
  const free = { a: (sy * sgg - sg * sgy) / determinant, b: (s * sgy - sg * sy) / determinant }
  if (free.a >= 0 && free.b >= 0) return free
  const risk = ({ a, b }: Curve): number => total((p) => (p.y - a - b * p.g) ** 2)
  const proportional = { a: 0, b: sgy / sgg }
  return risk(proportional) < risk(flat) ? proportional : flat
}

function smallestPositive(points: readonly Point[]): number {
  const positive = points.map(({ y }) => y).filter((y) => y > 0)
  return positive.length === 0 ? 1 : Math.min(...positive)
}
