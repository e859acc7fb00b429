// The controls of a page: what they say, what they offer, and how the address keeps it.
/** @typedef {import("../../charts/site/explorer.ts").ExplorerData} ExplorerData */
/** @typedef {import("../../charts/site/row.ts").Row} Row */

class Controls {
  /** @param {HTMLFormElement} form @param {ExplorerData} data */
  constructor(form, data) {
    this.form = form
    this.data = data
    this.delivered = this.fields()
    this.#restore()
    this.narrow()
  }

  fields() {
    return new URLSearchParams(/** @type {any} */ (new FormData(this.form)))
  }

  /** @param {string} name @returns {string} empty where there is no such control */
  chosen(name) {
    return this.fields().get(name) ?? ""
  }

  get isLogarithmic() {
    return this.chosen("axes") !== "linear"
  }

  get measure() {
    return this.data.measures.find(({ id }) => id === this.chosen("measure"))
  }

  /** What is chosen, in drawing order and then by size. */
  rows() {
    const protocols = this.fields().getAll("protocol")
    const [of, suite] = [this.chosen("of"), this.chosen("suite")]
    const rows = this.#measured().filter((row) => row.of === of && [undefined, suite].includes(row.suite))
    return this.data.protocols
      .filter(({ name }) => protocols.includes(name))
      .flatMap(({ name }) => rows.filter(({ protocol }) => protocol === name).toSorted((a, b) => a.n - b.n))
  }

  /** A logarithmic axis has no place for zero. @param {readonly Row[]} rows */
  visible(rows) {
    return rows.filter(({ y }) => y > 0 || !this.isLogarithmic)
  }

  #measured() {
    const run = this.data.runs.find(({ id }) => id === this.chosen("run"))
    return run?.rows.filter(({ measure }) => measure === this.chosen("measure")) ?? []
  }

  /** What differs from the page as delivered, to stand in an address: with a question mark, or empty. */
  query() {
    const [now, changed] = [this.fields(), new URLSearchParams()]
    for (const name of new Set([...this.delivered.keys(), ...now.keys()])) {
      const values = now.getAll(name)
      if (values.join("\n") === this.delivered.getAll(name).join("\n")) continue
      for (const value of values.length === 0 ? [""] : values) changed.append(name, value)
    }
    return changed.size === 0 ? "" : `?${changed}`
  }

  /** What an address names and this page does not have is left as it is. */
  #restore() {
    const wanted = new URLSearchParams(location.search)
    for (const control of this.form.elements) {
      if (control instanceof HTMLSelectElement) selectOption(control, wanted.get(control.name))
      if (control instanceof HTMLInputElement && control.type === "checkbox" && wanted.has(control.name))
        control.checked = wanted.getAll(control.name).includes(control.value)
    }
  }

  /** Offer only what there are figures for: not every measure has every part, not every run every suite. */
  narrow() {
    const rows = this.#measured()
    this.#offer("of", new Set(rows.map(({ of }) => of)))
    this.#offer("suite", new Set(rows.map(({ suite }) => suite ?? "")))
  }

  /** @param {string} name @param {ReadonlySet<string>} possible */
  #offer(name, possible) {
    const control = this.form.elements.namedItem(name)
    if (!(control instanceof HTMLSelectElement)) return
    const isMeaningless = possible.has("")
    control.closest("label")?.toggleAttribute("hidden", isMeaningless)
    for (const option of control.options) option.disabled = !isMeaningless && !possible.has(option.value)
    if (control.selectedOptions[0]?.disabled) selectOption(control, [...possible][0] ?? null)
  }
}

/** @param {HTMLSelectElement} control @param {string | null} value */
function selectOption(control, value) {
  const option = [...control.options].find((candidate) => candidate.value === value)
  if (option !== undefined) option.selected = true
}
