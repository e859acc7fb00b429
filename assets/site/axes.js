// The axes of a chart: how far they go, where their ticks stand, and where on them a row is drawn.
/** @typedef {{ domain: readonly [number, number], ticks?: readonly number[] }} Extent Vega finds ticks where there are none */

/** How far beyond the medians an axis may follow their intervals; what goes further is cut off, with an arrowhead. */
const REACH = { logarithmic: 3, linear: 1.4 }

/** @param {readonly Row[]} rows */
const sizesOf = (rows) => [...new Set(rows.map(({ n }) => n))].toSorted((a, b) => a - b)

/** @param {readonly Row[]} rows @param {boolean} isLogarithmic @returns {Extent} */
function horizontal(rows, isLogarithmic) {
  const ticks = sizesOf(rows)
  const [first = 1, last = 1] = [ticks.at(0), ticks.at(-1)]
  const room = Math.max(1.3, (last / first) ** 0.16) // for what is written beside the last points
  return { ticks, domain: isLogarithmic ? [first / 1.25, last * room] : [0, last * 1.16] }
}

/** @param {readonly Row[]} rows @param {boolean} isLogarithmic @returns {Extent} */
const vertical = (rows, isLogarithmic) => (isLogarithmic ? logarithmic(rows) : linear(rows))

/** @param {readonly Row[]} rows @returns {Extent} */
function linear(rows) {
  const medians = rows.map(({ y }) => y)
  const highest = Math.max(...rows.map(({ y, high = y }) => high))
  return { domain: [0, Math.min(highest, Math.max(...medians) * REACH.linear) * 1.06 || 1] }
}

/** @param {readonly Row[]} rows none of them zero @returns {Extent} */
function logarithmic(rows) {
  const medians = rows.map(({ y }) => y)
  const lowest = Math.min(...rows.map(({ y, low = y }) => low))
  const highest = Math.max(...rows.map(({ y, high = y }) => high))
  const low = Math.max(lowest, Math.min(...medians) / REACH.logarithmic) / 1.5
  const high = Math.min(highest, Math.max(...medians) * REACH.logarithmic) * 1.5
  return { domain: [low, high], ticks: logTicks(low, high) }
}

const STEPS = [[1], [1, 3], [1, 2, 5], [1, 2, 3, 4, 5, 6, 7, 8, 9]]
const FEWEST_TICKS = 4

/** Powers of ten where there are enough of them, finer steps where not. @param {number} low @param {number} high */
function logTicks(low, high) {
  // Parsed from text: 10 ** -3 * 5 is not the number that a reader calls 0.005.
  const powers = Array.from({ length: 31 }, (_, index) => index - 15)
  const inside = (/** @type {readonly number[]} */ steps) =>
    powers
      .flatMap((power) => steps.map((step) => Number(`${step}e${power}`)))
      .filter((tick) => tick >= low && tick <= high)
  const all = STEPS.map(inside)
  return all.find(({ length }) => length >= FEWEST_TICKS) ?? all.at(-1) ?? []
}

/** How ticks are written; a prefix before a unit that has one already would be misread. @param {import("../../charts/site/row.ts").Measure} measure */
const tickText = ({ unit }) => `format(datum.value, "${unit === "bytes" ? "~s" : ",~r"}")`

/** Of the room between two sizes: what all rows of one size may take, and what lies between two of them. */
const SIDE_BY_SIDE = { all: 0.3, step: 0.08 }

/**
 * Where each row stands from left to right. Rows with intervals stand side by side where they are of one size, since
 * their bars would lie in one another.
 * @param {readonly Row[]} rows @param {boolean} isLogarithmic @returns {(row: Row) => number}
 */
function places(rows, isLogarithmic) {
  const protocols = [...new Set(rows.map(({ protocol }) => protocol))]
  if (!rows.some(hasInterval) || protocols.length === 1) return ({ n }) => n
  const [along, back] = isLogarithmic ? [Math.log, Math.exp] : [Number, Number]
  const sizes = sizesOf(rows).map(along)
  const gap = Math.min(along(2), ...sizes.slice(1).map((size, index) => size - (sizes[index] ?? 0)))
  const step = gap * Math.min(SIDE_BY_SIDE.all / (protocols.length - 1), SIDE_BY_SIDE.step)
  return ({ n, protocol }) =>
    back(along(n) + step * (protocols.indexOf(protocol) - (protocols.length - 1) / 2))
}

/** @param {Row} row */
const hasInterval = ({ y, low = y, high = y }) => low < high

/**
 * What of a row's interval is inside the axis, and which of its ends are not.
 * @param {Row} row @param {Extent} extent
 */
function bar({ y, low = y, high = y }, { domain: [bottom, top] }) {
  const goesOn = { below: low < bottom, above: high > top }
  return { barLow: Math.max(low, bottom), barHigh: Math.min(high, top), ...goesOn }
}
