// The chart of the chosen rows: the page's Vega-Lite object, filled with rows, axes and the values beside the last points.
/** @typedef {import("../../charts/site/explorer-chart.ts").DrawnRow} DrawnRow */
/** @typedef {import("../../charts/site/row.ts").Measure} Measure */

const exactNumber = new Intl.NumberFormat("en", { maximumFractionDigits: 2 })
const sampledNumber = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 })

/** The value with its interval, and whether it is what healing costs. @param {Row} row @param {Measure} measure */
function valueText({ y, low = y, high = y, unhealed }, { kind }) {
  const number = kind === "exact" ? exactNumber : sampledNumber
  const interval = low < high ? ` [${number.format(low)}, ${number.format(high)}]` : ""
  return `${number.format(y)}${interval}${unhealed ? ", not healed" : ""}`
}

/**
 * @param {ExplorerData} data @param {Controls} controls @param {readonly Row[]} rows none of them zero on logarithmic
 *   axes @param {Measure} measure
 */
function chartOf({ template, protocols, scales }, { isLogarithmic }, rows, measure) {
  const { x, y } = isLogarithmic ? scales.log : scales.linear
  const extent = vertical(rows, isLogarithmic)
  const labelled = labelledRows(rows, measure, isLogarithmic)
  const look = { protocols, measure, labelled, extent, placeOf: places(rows, isLogarithmic) }
  const axis = { ...template.encoding.y.axis, title: measure.axis, labelExpr: tickText(measure) }
  return {
    ...template,
    data: { values: drawnRows(rows, look) },
    encoding: {
      x: channel(template.encoding.x, x, horizontal(rows, isLogarithmic)),
      y: channel({ ...template.encoding.y, axis }, y, extent),
    },
  }
}

/** A chart for a file: of a fixed size, with a title and a legend. @param {object} chart @param {object} title */
function savedChart(chart, title) {
  return { ...chart, width: 800, height: 480, title: { ...title, anchor: "start", frame: "bounds" } }
}

/** @param {{ axis: object }} encoding @param {object} scale @param {Extent} extent */
function channel(encoding, scale, { domain, ticks: values }) {
  return { ...encoding, scale: { ...scale, domain }, axis: { ...encoding.axis, values } }
}

/**
 * @param {readonly Row[]} rows
 * @param {{ protocols: ExplorerData["protocols"], measure: Measure, labelled: readonly Row[], extent: Extent,
 *   placeOf: (row: Row) => number }} look
 * @returns {DrawnRow[]}
 */
function drawnRows(rows, { protocols, measure, labelled, extent, placeOf }) {
  return rows.map((row) => {
    const style = protocols.find(({ name }) => name === row.protocol)
    const { dash = [], strokeWidth = 1, pointSize = 1 } = style ?? {}
    const label = labelled.includes(row) ? exactNumber.format(row.y) : ""
    const words = { label, text: valueText(row, measure), unhealed: row.unhealed === true }
    return { ...row, ...words, ...bar(row, extent), x: placeOf(row), dash, strokeWidth, pointSize }
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
  const isNear = (/** @type {Row} */ a, /** @type {Row} */ b) => Math.abs(height(a) - height(b)) < 0.04
  /** @type {Row[]} */
  const labelled = []
  for (const row of rows) {
    if (kind === "exact" && row.n === largest && !labelled.some((other) => isNear(row, other)))
      labelled.push(row)
  }
  return labelled
}
