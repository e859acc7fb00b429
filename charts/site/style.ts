/** The page's style sheet: light and dark follow the reader's system until the button says otherwise. */

const LIGHT = "--ground: #ffffff; --ink: #1f2328; --muted: #59636e; --line: #d1d9e0; --link: #0969da"
const DARK = "--ground: #0d1117; --ink: #e6edf3; --muted: #9da7b3; --line: #3d444d; --link: #58a6ff"

export const STYLE = `
:root { color-scheme: light; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root:not([data-theme]) { color-scheme: dark; ${DARK} } }
:root[data-theme="dark"] { color-scheme: dark; ${DARK} }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 57rem; padding: 1.5rem 1.25rem 4rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, "Liberation Sans", Arial, sans-serif; overflow-wrap: break-word }
header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: start; justify-content: space-between }
h1 { margin: 0; font-size: 1.7rem; line-height: 1.25 }
h2 { margin: 3rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); font-size: 1.25rem }
a { color: var(--link) }
button { padding: .35rem .8rem; border: 1px solid var(--line); border-radius: .4rem; background: none; color: inherit;
  font: inherit; cursor: pointer }
figure { margin: 0 }
figcaption, .muted { color: var(--muted); font-size: .925rem }
figcaption p, .muted p { margin: .4rem 0; max-width: 46rem }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1rem 0 0; padding: 0; list-style: none }
.scroll { overflow-x: auto }
/* Scaled to a phone the labels would be unreadable: there the chart keeps its size and scrolls. */
.chart { min-width: 44rem; min-height: 20rem }
.chart svg { display: block; max-width: 100%; height: auto }
.chart.vega-embed { display: block; padding-right: 0 }
summary { padding: .35rem 0; cursor: pointer; font-weight: 600 }
table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums }
caption { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap }
th, td { padding: .3rem .5rem; border-bottom: 1px solid var(--line); text-align: left; white-space: nowrap }
th { color: var(--muted); font-weight: 600; vertical-align: bottom; white-space: normal }
td:last-child { white-space: normal }
.number { text-align: right }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .25rem 1rem; font-size: .9rem }
dt { color: var(--muted) }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr } dd { margin-bottom: .4rem } }
`
