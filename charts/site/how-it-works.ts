/** The page "How it works": a recorded story told scene by scene, with every byte behind every line. */
import type { Scene, Story, StoryEvent } from "../../results/story.ts"
import { type Facts, factsOf } from "../story/facts.ts"
import { panel } from "../story/panel.ts"
import { headStrip, STRIP, type Stage, shownEvents, stageOf, strip } from "../story/sequence.ts"
import { HOW_IT_WORKS_STYLE } from "../story/style.ts"
import {
  INTRODUCTION,
  SERVER_CANNOT,
  SERVER_COULD,
  SERVER_NOTE,
  SERVER_SEES,
  TITLE,
  textOf,
} from "../story/text.ts"
import { told } from "../story/words.ts"
import { escapeHtml } from "./html.ts"
import { STYLE } from "./style.ts"

/** The story as the main part of a page, which must bring `STYLE` and {@link HOW_IT_WORKS_STYLE}; it needs no script. */
export function howItWorks(story: Story): string {
  const facts = factsOf(story)
  return `<div class="how">
${paragraphs(INTRODUCTION)}
<p class="muted">Point at a line or move to it with Tab to see its bytes. Seed ${story.seed}: the same bytes on every machine.</p>
${story.scenes.map((scene) => section(story, scene, facts)).join("\n")}
${serverSection()}
</div>`
}

/** A page of its own. */
export function howItWorksPage(story: Story): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${TITLE}</title>
<style>${STYLE}${HOW_IT_WORKS_STYLE}body { max-width: 70rem }</style>
</head>
<body>
<header><h1>${TITLE}</h1></header>
<main>
${howItWorks(story)}
</main>
</body>
</html>
`
}

function section(story: Story, scene: Scene, facts: Facts): string {
  const { title, question, paragraphs: text } = textOf(scene.name, facts)
  const asked = question === undefined ? "" : `<p class="question">${question}</p>\n`
  const rows = shownEvents(scene).length + 4 // heading, text, names, verdict
  return `<section class="scene" id="${scene.name}" style="--rows: ${rows}"><h2>${title}</h2>
<div>${asked}${paragraphs(text)}</div>
${play(scene, stageOf(story, scene))}${verdict(scene)}
</section>`
}

function play(scene: Scene, stage: Stage): string {
  const events = shownEvents(scene)
  const first = events.find((event) => "parts" in event) ?? events[0]
  const lines = events.map((event, index) => {
    const place = { id: `${scene.name}-${index + 1}`, class: event === first ? "event first" : "event" }
    return line(event, stage, place)
  })
  return `<ol class="play" role="list">
<li class="heads" role="presentation">${svg(headStrip(stage))}</li>
${lines.join("\n")}
</ol>`
}

type Place = { readonly id: string; readonly class: string }

/** The link is there to be focused; it leads to itself, so that a line can be pointed out to others. */
function line(event: StoryEvent, stage: Stage, { id, class: name }: Place): string {
  const label = escapeHtml(told(event).sentence)
  return `<li class="${name}" role="listitem"><a class="line" id="${id}" href="#${id}"><span class="said">${label}</span>${svg(strip(event, stage))}</a>
<div class="bytes">${panel(event)}</div></li>`
}

const svg = (content: string): string =>
  `<svg viewBox="0 0 ${STRIP.width} ${STRIP.height}" aria-hidden="true" focusable="false">${content}</svg>`

function verdict({ readable }: Scene): string {
  if (readable === undefined) return ""
  const whose = readable.length === 0 ? "nobody" : readable.join(", ")
  return `\n<p class="readable">Whose next message the thief would read now: <strong>${escapeHtml(whose)}</strong>.</p>`
}

function serverSection(): string {
  const list = (items: readonly string[]) =>
    `<ul>${items.map((item) => `<li>${prose(item)}</li>`).join("\n")}</ul>`
  return `<section id="server"><h2>What the server sees</h2>
${list(SERVER_SEES)}
<p class="question">What it cannot do</p>
${list(SERVER_CANNOT)}
<p class="question">What it could do all the same</p>
${list(SERVER_COULD)}
<p>${prose(SERVER_NOTE)}</p>
</section>`
}

const paragraphs = (texts: readonly string[]): string =>
  texts.map((text) => `<p>${prose(text)}</p>`).join("\n")

const prose = (text: string): string => escapeHtml(text).replaceAll(/`([^`]*)`/g, "<code>$1</code>")
