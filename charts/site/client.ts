/** What runs in the reader's browser: draws the charts of the page, again whenever the theme changes. */

export const CLIENT = `
"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent)
  const charts = read("charts")
  const themes = read("themes")
  const systemDark = matchMedia("(prefers-color-scheme: dark)")
  const button = document.getElementById("theme")
  const theme = () => document.documentElement.dataset.theme ?? (systemDark.matches ? "dark" : "light")

  let drawn = []

  function draw() {
    for (const chart of drawn) chart.then((result) => result?.finalize())
    const now = theme()
    button.textContent = now === "dark" ? "Light theme" : "Dark theme"
    drawn = Object.entries(charts).map(([name, spec]) =>
      // ast: expressions are interpreted, since the page's policy forbids making code from text.
      vegaEmbed("#chart-" + name, spec, {
        mode: "vega-lite", renderer: "svg", ast: true, config: themes[now], tooltip: { theme: now },
        downloadFileName: name, actions: { export: true, source: false, compiled: false, editor: false },
      }).catch((error) => { document.getElementById("chart-" + name).textContent = String(error) }))
  }

  button.hidden = false
  button.addEventListener("click", () => {
    document.documentElement.dataset.theme = theme() === "dark" ? "light" : "dark"
    draw()
  })
  systemDark.addEventListener("change", draw)
  draw()
})()
`
