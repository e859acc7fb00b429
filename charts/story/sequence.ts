/** The diagram: one strip of SVG for each event, which together make a figure with a line for each member. */
import type { Scene, Story, StoryEvent } from "../../results/story.ts"
import { escapeHtml } from "../site/html.ts"
import { isShown, told } from "./words.ts"

export const STRIP = { width: 480, height: 38 } as const

const SERVER = "Server"
const THIEF = "Thief"
const COLUMN_WIDTH = 84
const FIRST_COLUMN = 34
const ARROW_Y = 27
const LABEL_Y = 15
const CHARACTER_WIDTH = 6.8 // of the labels, about, where a phone makes them large

/** Who stands where, and whose line is drawn. */
export type Stage = { readonly columns: readonly string[]; readonly present: readonly string[] }

export function stageOf({ cast }: Story, scene: Scene): Stage {
  const isRemoval = scene.events.some((event) => event.kind === "notice" && event.change === "remove")
  const members = isRemoval || scene.members.length === 0 ? cast : scene.members
  const thief = scene.readable === undefined ? [] : [THIEF]
  return { columns: [SERVER, ...cast, THIEF], present: [SERVER, ...members, ...thief] }
}

const xOf = ({ columns }: Stage, name: string): number => FIRST_COLUMN + columns.indexOf(name) * COLUMN_WIDTH

/** The names above the lines. */
export const headStrip = (stage: Stage): string =>
  stage.present
    .map((name) => `<text class="name" x="${xOf(stage, name)}" y="22">${escapeHtml(name)}</text>`)
    .join("")

export const shownEvents = ({ events }: Scene): readonly StoryEvent[] => events.filter(isShown)

/** One event between the lines of those who are there. */
export function strip(event: StoryEvent, stage: Stage): string {
  const lines = stage.present.map((name) => {
    const x = xOf(stage, name)
    return `<line class="life" x1="${x}" y1="0" x2="${x}" y2="${STRIP.height}"/>`
  })
  return [...lines, drawn(event, stage), mark(event, stage)].join("")
}

function drawn(event: StoryEvent, stage: Stage): string {
  const { label } = told(event)
  switch (event.kind) {
    case "publish":
      return arrow(label, xOf(stage, event.by), xOf(stage, SERVER))
    case "act":
      return note(label, xOf(stage, event.by))
    case "notice":
      return fan(label, { class: "notice", from: SERVER, to: event.to.map(({ member }) => member) }, stage)
    case "two-party":
      return arrow(label, xOf(stage, event.from), xOf(stage, event.to))
    case "broadcast":
      return fan(
        label,
        { class: "broadcast", from: event.from, to: event.received.map(({ member }) => member) },
        stage,
      )
  }
}

function arrow(label: string, from: number, to: number): string {
  const line = `<line class="arrow" x1="${from}" y1="${ARROW_Y}" x2="${to}" y2="${ARROW_Y}"/>`
  return `${line}${head(to, to > from ? "right" : "left")}${caption(label, (from + to) / 2)}`
}

/** To all of `to` by way of the server, which copies it. */
function fan(
  label: string,
  {
    class: name,
    from,
    to,
  }: { readonly class: string; readonly from: string; readonly to: readonly string[] },
  stage: Stage,
): string {
  const origin = xOf(stage, from)
  const server = xOf(stage, SERVER)
  const ends = to.map((member) => xOf(stage, member))
  const line = `<line class="${name}" x1="${server}" y1="${ARROW_Y}" x2="${Math.max(origin, ...ends)}" y2="${ARROW_Y}"/>`
  const start = `<circle class="start" cx="${origin}" cy="${ARROW_Y}" r="4"/>`
  return `${line}${ends.map((x) => head(x, "right")).join("")}${start}${caption(label, (server + Math.max(...ends)) / 2)}`
}

function head(x: number, towards: "left" | "right"): string {
  const back = towards === "right" ? x - 8 : x + 8
  return `<path class="head" d="M${x},${ARROW_Y}L${back},${ARROW_Y - 4}L${back},${ARROW_Y + 4}Z"/>`
}

function note(label: string, x: number): string {
  return `<circle class="start" cx="${x}" cy="${ARROW_Y}" r="4"/>${caption(label, x)}`
}

/** Around `x`, but inside the strip. */
function caption(label: string, x: number): string {
  const half = (label.length * CHARACTER_WIDTH) / 2
  const middle = Math.round(Math.min(Math.max(x, half + 2), STRIP.width - half - 2))
  return `<text class="label" x="${middle}" y="${LABEL_Y}">${escapeHtml(label)}</text>`
}

/** What the thief made of it. */
function mark(event: StoryEvent, stage: Stage): string {
  if (!("opened" in event)) return ""
  const [name, text] = event.opened ? ["open", "reads"] : ["shut", "cannot"]
  return `<text class="verdict ${name}" x="${xOf(stage, THIEF)}" y="${ARROW_Y + 4}">${text}</text>`
}

const COLOURS = `
:root { --ground: #ffffff; --ink: #1f2328; --muted: #59636e; --line: #d1d9e0; --strong: #0969da; --open: #b2391b; --shut: #007347 }
@media (prefers-color-scheme: dark) { :root { --ground: #0d1117; --ink: #e6edf3; --muted: #9da7b3; --line: #3d444d;
  --strong: #58a6ff; --open: #ff8b6b; --shut: #4cc38a } }`

/** For the strips, in a page that defines the colours named here. */
export const SEQUENCE_STYLE = `
.life { stroke: var(--line); stroke-width: 1.5 }
.name { fill: var(--ink); font-weight: 600; font-size: 12.5px; text-anchor: middle }
.label { fill: var(--ink); font-size: 11.5px; text-anchor: middle; paint-order: stroke; stroke: var(--ground); stroke-width: 4px }
.arrow, .broadcast { stroke: var(--strong); stroke-width: 1.6 }
.broadcast { stroke-width: 2.6 }
.notice { stroke: var(--muted); stroke-width: 1.4; stroke-dasharray: 4 3 }
.head, .start { fill: var(--strong) }
.verdict { font-size: 11.5px; font-weight: 600; text-anchor: middle; paint-order: stroke; stroke: var(--ground); stroke-width: 4px }
.open { fill: var(--open) }
.shut { fill: var(--shut) }`

/** A scene as a picture of its own. */
export function figure(story: Story, scene: Scene): string {
  const stage = stageOf(story, scene)
  const rows = shownEvents(scene).map(
    (event, index) =>
      `<g transform="translate(0,${(index + 1) * STRIP.height})"><title>${escapeHtml(told(event).sentence)}</title>${strip(event, stage)}</g>`,
  )
  const height = (rows.length + 1) * STRIP.height
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${STRIP.width} ${height}" width="${STRIP.width}" height="${height}"
  font-family="Liberation Sans, Arial, Helvetica, sans-serif">
<style>${COLOURS}${SEQUENCE_STYLE}</style>
<rect width="100%" height="100%" fill="var(--ground)"/>
${headStrip(stage)}
${rows.join("\n")}
</svg>
`
}
