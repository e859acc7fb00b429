// The chart of the chosen rows: the page's Vega-Lite object, filled with rows, axes and the values beside the last points.
/** @typedef {import("../../charts/site/explorer-chart.ts").DrawnRow} DrawnRow */
/** @typedef {import("../../charts/site/row.ts").Measure} Measure */

const exactNumber = new Intl.NumberFormat("en", { maximumFractionDigits: 2 })
const sampledNumber = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 })

/** The value with its interval, and whether it is what healing costs. @param {Row} row @param {Measure} measure */
function valueText({ y, low, high, unhealed }, { kind }) {
  const number = kind === "exact" ? exactNumber : sampledNumber
  const hasWidth = low !== undefined && high !== undefined && low < high
  const interval = hasWidth ? ` [${number.format(low)}, ${number.format(high)}]` : ""
  return `${number.format(y)}${interval}${unhealed ? ", not healed" : ""}`
}

/**
 * @param {ExplorerData} data @param {Controls} controls @param {readonly Row[]} rows none of them zero on logarithmic
 *   axes @param {Measure} measure
 */
function chartOf({ template, protocols, scales }, { isLogarithmic }, rows, measure) {
  const { x, y } = isLogarithmic ? scales.log : scales.linear
  const labelled = labelledRows(rows, measure, isLogarithmic)
  const titled = {
    ...template.encoding.y,
    axis: { ...template.encoding.y.axis, title: measure.axis, format: tickFormat(measure) },
  }
  return {
    ...template,
    data: { values: drawnRows(rows, { protocols, measure, labelled }) },
    encoding: {
      x: channel(template.encoding.x, x, horizontal(rows, isLogarithmic)),
      y: channel(titled, y, isLogarithmic ? logarithmic(rows) : linear(rows)),
    },
  }
}

/** In d3-format; a prefix before a unit that has one already would be misread. @param {Measure} measure */
const tickFormat = ({ unit }) => (unit === "ms" || unit === "ratio" ? ",~r" : "~s")

/**
 * @param {{ axis: object }} encoding @param {object} scale
 * @param {{ domain: readonly number[], ticks?: readonly number[] }} extent Vega finds ticks where there are none
 */
function channel(encoding, scale, { domain, ticks: values }) {
  return { ...encoding, scale: { ...scale, domain }, axis: { ...encoding.axis, values } }
}

/**
 * @param {readonly Row[]} rows
 * @param {{ protocols: ExplorerData["protocols"], measure: Measure, labelled: readonly Row[] }} look
 * @returns {DrawnRow[]}
 */
function drawnRows(rows, { protocols, measure, labelled }) {
  return rows.map((row) => {
    const style = protocols.find(({ name }) => name === row.protocol)
    const { dash = [], strokeWidth = 1, pointSize = 1 } = style ?? {}
    const label = labelled.includes(row) ? exactNumber.format(row.y) : ""
    const unhealed = row.unhealed === true
    return { ...row, unhealed, dash, strokeWidth, pointSize, label, text: valueText(row, measure) }
  })
}

/**
 * The rows at the largest size whose value is written beside the point: exact ones, and of those that would be written
 * over one another the first.
 * @param {readonly Row[]} rows @param {Measure} measure @param {boolean} isLogarithmic
 */
function labelledRows(rows, { kind }, isLogarithmic) {
  const largest = Math.max(...rows.map(({ n }) => n))
  const values = rows.map(({ y }) => y)
  const [lowest, highest] = [Math.min(...values), Math.max(...values)]
  /** Share of the chart's height, roughly. @param {Row} row */
  const height = ({ y }) =>
    isLogarithmic ? Math.log(y / lowest) / Math.log((2 * highest) / lowest) : y / (highest || 1)
  const isNear = (/** @type {Row} */ a, /** @type {Row} */ b) => Math.abs(height(a) - height(b)) < 0.055
  /** @type {Row[]} */
  const labelled = []
  for (const row of rows) {
    if (kind === "exact" && row.n === largest && !labelled.some((other) => isNear(row, other)))
      labelled.push(row)
  }
  return labelled
}

/** @param {readonly Row[]} rows @param {boolean} isLogarithmic */
function horizontal(rows, isLogarithmic) {
  const ticks = [...new Set(rows.map(({ n }) => n))].toSorted((a, b) => a - b)
  const [first = 1, last = 1] = [ticks.at(0), ticks.at(-1)]
  const room = Math.max(1.3, (last / first) ** 0.16) // for what is written beside the last points
  return { ticks, domain: isLogarithmic ? [first / 1.12, last * room] : [0, last * 1.16] }
}

/** @param {readonly Row[]} rows */
const endsOf = (rows) => rows.flatMap(({ y, low = y, high = y }) => [y, low, high])

/** @param {readonly Row[]} rows */
function linear(rows) {
  return { domain: [0, Math.max(...endsOf(rows)) * 1.06 || 1] }
}

/** @param {readonly Row[]} rows */
function logarithmic(rows) {
  const ends = endsOf(rows).filter((end) => end > 0)
  const [low, high] = [Math.min(...ends) / 1.5, Math.max(...ends) * 1.5]
  return { domain: [low, high], ticks: logTicks(low, high) }
}

/** Powers of ten where there are two of them, finer steps where not. @param {number} low @param {number} high */
function logTicks(low, high) {
  // Parsed from text: 10 ** -3 * 5 is not the number that a reader calls 0.005.
  const powers = Array.from({ length: 31 }, (_, index) => index - 15)
  const inside = (/** @type {readonly number[]} */ steps) =>
    powers
      .flatMap((power) => steps.map((step) => Number(`${step}e${power}`)))
      .filter((tick) => tick >= low && tick <= high)
  const ticks = [[1], [1, 2, 5]].map(inside).find(({ length }) => length > 1)
  return ticks ?? inside([1, 2, 3, 4, 5, 6, 7, 8, 9])
}
