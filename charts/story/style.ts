/** The style sheet of the page "How it works": everything it shows without a script. */
import { SEQUENCE_STYLE } from "./sequence.ts"

const LIGHT =
  "--strong: #0969da; --open: #b2391b; --shut: #007347; --secret: #ffd9cc; --public-key: #d7ebff; --ciphertext: #e3e0f5; --proof: #d5f0de; --number: #f3ecc4"
const DARK =
  "--strong: #58a6ff; --open: #ff8b6b; --shut: #4cc38a; --secret: #6b2b17; --public-key: #123d66; --ciphertext: #3b3560; --proof: #14492c; --number: #4d4512"

// A line's bytes are shown while it is pointed at or focused, and else those of the first line. All of them share
// one cell of a grid, which is then as large as the largest: nothing moves.
export const HOW_IT_WORKS_STYLE = `
.how { ${LIGHT}; container-type: inline-size }
@media (prefers-color-scheme: dark) { :root:not([data-theme]) .how { ${DARK} } }
:root[data-theme="dark"] .how { ${DARK} }
.how p, .how ul { max-width: 46rem }
.how .question { margin-bottom: 0; font-weight: 600 }
.how .play { display: grid; grid-template-columns: minmax(0, 30rem); margin: 1.25rem 0 0; padding: 0; list-style: none }
.how .event { display: contents }
.how .said { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap }
.how .line { position: relative; display: block; border-radius: .3rem; color: inherit }
.how svg { display: block; width: 100%; height: auto; font-family: Liberation Sans, Arial, Helvetica, sans-serif }
.how .line:focus-visible { outline: 2px solid var(--strong); outline-offset: -2px }
.how .event:hover .line, .how .event:focus-within .line { background: color-mix(in srgb, var(--strong) 12%, transparent) }
.how .bytes { display: none; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .4rem; font-size: .85rem }
.how .event:focus-within .bytes { display: block }
.how .bytes p { margin: 0 0 .5rem }
.how .bytes h3 { margin: .75rem 0 .25rem; font-size: .85rem }
.how .bytes small { color: var(--muted); font-weight: normal }
.how .bytes dl { display: grid; grid-template-columns: 7rem minmax(0, 1fr); gap: .15rem .6rem; margin: 0; font-size: .8rem }
.how .bytes dt { margin: 0 }
.how .bytes dd { margin: 0; overflow-wrap: anywhere }
.how .bytes code { font-size: .72rem; line-height: 1.5 }
.how .bytes i { color: var(--muted); font-style: normal }
${["secret", "public-key", "ciphertext", "proof", "number"].map((kind) => `.how .part.${kind} { background: var(--${kind}) }`).join("\n")}
.how .part { -webkit-box-decoration-break: clone; box-decoration-break: clone; padding: .1em 0; border-radius: .2rem; text-align: left }
.how .sentence { font-weight: 600 }
.how .bytes .verdict { margin: .5rem 0; font-size: .85rem }
.how .bytes .open, .how .gone { color: var(--open) }
.how .bytes .shut { color: var(--shut) }
.how .gained { color: var(--strong) }
.how .moved { color: var(--muted) }
.how .readable { margin-top: .75rem }
.how {${SEQUENCE_STYLE}}
@container (max-width: 30rem) { .how svg { overflow: visible } .how .label, .how .verdict, .how .name { font-size: 14px } }
@container (min-width: 50rem) {
  .how .scene { display: grid; grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr); column-gap: 1.5rem;
    grid-template-rows: repeat(var(--rows), auto) 1fr }
  .how .scene h2 { grid-column: 1 / -1 }
  .how .play { display: contents }
  .how .scene > *, .how .heads, .how .line { grid-column: 1 }
  .how .bytes { display: block; visibility: hidden; grid-column: 2; grid-row: 2 / -1; align-self: start; position: sticky; top: 1rem }
  .how .event:hover .bytes, .how .play:not(:has(.event:hover)) .event:focus-within .bytes,
  .how .play:not(:has(.event:hover, .event:focus-within)) .event.first .bytes { visibility: visible }
}
`
