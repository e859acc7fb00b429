// Draws what the controls of a page say, tells it in words and as a table, and keeps it in the address.
;(() => {
  /** @param {string} id */
  const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id))

  /** @type {ExplorerData} */
  const data = JSON.parse(element("explorer").textContent ?? "")
  const form = /** @type {HTMLFormElement} */ (element("controls"))
  const controls = new Controls(form, data)

  /** @param {readonly Row[]} rows @param {Measure} measure */
  function reading(rows, measure) {
    if (rows.length === 0) return "Nothing to show: choose a protocol, or another measure."
    const largest = Math.max(...rows.map(({ n }) => n))
    const values = rows
      .filter(({ n }) => n === largest)
      .map((row) => `${row.protocol} ${valueText(row, measure)}`)
    const whose = data.whose.find(({ id }) => id === controls.chosen("of"))?.title
    return `${measure.axis}, ${whose}, at ${largest} devices: ${values.join("; ")}.${zeroNote(rows)}`
  }

  /** @param {readonly Row[]} rows */
  function zeroNote(rows) {
    const zeros = new Set(rows.filter(({ y }) => y === 0).map(({ protocol }) => protocol))
    if (zeros.size === 0 || !controls.isLogarithmic) return ""
    return ` Zero, which a logarithmic axis cannot show: ${[...zeros].join(", ")}.`
  }

  /** How to read intervals, where there are any. @param {readonly Row[]} rows */
  function barsNote(rows) {
    if (!rows.some(hasInterval)) return ""
    const extent = vertical(controls.visible(rows), controls.isLogarithmic)
    const isCut = rows.some((row) => Object.values(bar(row, extent)).includes(true))
    const arrows = isCut ? " An arrowhead: the interval goes on beyond the axis; the table has its ends." : ""
    return `Bars: 95 % intervals. Points of one size stand side by side, so that their bars can be told apart.${arrows}`
  }

  /** @param {readonly Row[]} rows @param {Measure} measure */
  function fillTable(rows, measure) {
    const protocols = [...new Set(rows.map(({ protocol }) => protocol))]
    const sizes = [...new Set(rows.map(({ n }) => n))].toSorted((a, b) => a - b)
    const body = sizes.map((size) => {
      const atSize = protocols.map((name) => rows.find(({ n, protocol }) => n === size && protocol === name))
      return tableRow("td", [
        `${size}`,
        ...atSize.map((row) => (row === undefined ? "–" : valueText(row, measure))),
      ])
    })
    element("table").replaceChildren(tableRow("th", ["Devices", ...protocols]), ...body)
  }

  /** @param {"th" | "td"} tag @param {readonly string[]} texts the first one heads its row */
  function tableRow(tag, texts) {
    const row = document.createElement("tr")
    for (const [index, text] of texts.entries()) {
      const cell = document.createElement(index === 0 ? "th" : tag)
      if (cell.tagName === "TH") cell.scope = tag === "th" ? "col" : "row"
      cell.className = "number"
      cell.textContent = text
      row.append(cell)
    }
    return row
  }

  const chart = element("chart")
  let theme = "light"
  /** @type {import("vega-embed").Result | undefined} */
  let shown
  let drawing = Promise.resolve()

  async function draw() {
    const { measure } = controls
    if (measure === undefined) return
    const rows = controls.rows()
    tell(rows, measure)
    shown?.finalize()
    shown = undefined
    const visible = controls.visible(rows)
    if (visible.length === 0) chart.replaceChildren()
    else shown = await embed(chart, chartOf(data, controls, visible, measure), { disable: true })
    chart.dataset.drawn = `${visible.length}`
  }

  /** @param {readonly Row[]} rows @param {Measure} measure */
  function tell(rows, measure) {
    const text = reading(rows, measure)
    element("reading").textContent = text
    element("definition").textContent = measure.definition
    element("bars").textContent = barsNote(rows)
    chart.setAttribute("aria-label", text)
    fillTable(rows, measure)
  }

  /** @param {HTMLElement} place @param {object} spec @param {object} legend */
  function embed(place, spec, legend) {
    const themed = data.themes[theme === "dark" ? "dark" : "light"]
    const config = { ...themed, legend: { ...themed.legend, ...legend }, aria: false }
    // ast: expressions are interpreted, since the page's policy forbids making code from text.
    const options = {
      mode: "vega-lite",
      renderer: "svg",
      ast: true,
      actions: false,
      config,
      tooltip: { theme },
    }
    return vegaEmbed(place, /** @type {any} */ (spec), /** @type {any} */ (options))
  }

  /** One after the other: two at once would both draw into the page. */
  function redraw() {
    delete chart.dataset.drawn
    drawing = drawing.then(draw).catch((error) => {
      element("reading").textContent = `The chart cannot be drawn: ${error}`
      console.error(error)
    })
  }

  /** In this page's address, and in the links to the other operations: what was chosen stays chosen there. */
  function keep() {
    const query = controls.query()
    history.replaceState(null, "", `${location.pathname}${query}${location.hash}`)
    for (const link of document.querySelectorAll("#topics a")) {
      if (link instanceof HTMLAnchorElement) link.search = query
    }
  }

  async function save() {
    const { measure } = controls
    const rows = controls.visible(controls.rows())
    if (measure === undefined || rows.length === 0) return
    const spec = savedChart(chartOf(data, controls, rows, measure), titleOf(measure))
    const { view, finalize } = await embed(document.createElement("div"), spec, { title: null })
    offer(await view.toSVG())
    finalize()
  }

  /** A picture away from its page has to say what it shows. @param {Measure} measure */
  function titleOf({ axis }) {
    const whose = data.whose.find(({ id }) => id === controls.chosen("of"))?.title
    const run = data.runs.find(({ id }) => id === controls.chosen("run"))?.title
    return { text: document.querySelector("h1")?.textContent, subtitle: [`${axis}, ${whose}`, run] }
  }

  /** @param {string} svg */
  function offer(svg) {
    const link = document.createElement("a")
    link.href = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }))
    link.download = `${data.name}-${controls.chosen("measure")}-${controls.chosen("of")}.svg`
    link.click()
    URL.revokeObjectURL(link.href)
  }

  keep()
  for (const id of ["save", "numbers"]) element(id).hidden = false
  element("save").addEventListener("click", save)
  form.addEventListener("submit", (event) => event.preventDefault())
  form.addEventListener("change", () => {
    controls.narrow()
    keep()
    redraw()
  })
  addEventListener("theme", (event) => {
    theme = /** @type {CustomEvent} */ (event).detail
    redraw()
  })
})()
