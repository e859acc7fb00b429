/** What is behind one event: its bytes with their names, the keys it gave and took, who can read it. */
import type { ChangesOf, KeyChange, StoryEvent, StoryPart } from "../../results/story.ts"
import { escapeHtml } from "../site/html.ts"
import { lengthOf, told } from "./words.ts"

/** HTML with every byte of the event. */
export function panel(event: StoryEvent): string {
  return `<p class="sentence">${escapeHtml(told(event).sentence)}</p>${behind(event)}`
}

function behind(event: StoryEvent): string {
  switch (event.kind) {
    case "publish":
      return byteList("The bundle", event.parts)
    case "act":
      return changeList([{ member: event.by, changes: event.changes }])
    case "notice":
      return changeList(event.to)
    case "two-party":
      return `${byteList("On the wire", event.parts)}${byteList("Inside the ciphertext", event.content)}
${verdict(event)}${changeList(event.received)}`
    case "broadcast":
      return `${byteList("On the wire", event.parts)}<p>Inside the ciphertext: “${escapeHtml(event.words)}”</p>
${verdict(event)}${changeList(event.received)}`
  }
}

/** Tags and lengths stand before the part that they introduce. */
function byteList(title: string, parts: readonly StoryPart[]): string {
  const rows = grouped(parts).map(
    ({ lead, part: { name, kind, hex } }) =>
      `<dt>${escapeHtml(name)} <small>${hex.length / 2}</small></dt><dd><code>${
        lead === "" ? "" : `<i>${spaced(lead)}</i> `
      }<span class="part ${kind}">${spaced(hex)}</span></code></dd>`,
  )
  return `<h3>${title} <small>${lengthOf(parts)} bytes</small></h3><dl>${rows.join("")}</dl>`
}

type Row = { readonly lead: string; readonly part: StoryPart }

/** What is framing itself goes with the next part, where there is one. */
function grouped(parts: readonly StoryPart[]): Row[] {
  const rows: Row[] = []
  let lead = ""
  for (const part of parts) {
    if (part.kind === "framing" && part !== parts.at(-1)) lead += part.hex
    else {
      rows.push({ lead, part })
      lead = ""
    }
  }
  return rows
}

/** In fours, so that a line may break. */
const spaced = (hex: string): string => (hex.match(/.{1,8}/g) ?? []).join(" ")

const verdict = ({ opened }: { readonly opened?: boolean }): string => {
  if (opened === undefined) return ""
  return opened
    ? `<p class="verdict open">The thief opens it.</p>`
    : `<p class="verdict shut">The thief cannot open it.</p>`
}

function changeList(changed: readonly ChangesOf[]): string {
  const rows = changed
    .filter(({ changes }) => changes.length > 0)
    .map(
      ({ member, changes }) => `<dt>${escapeHtml(member)}</dt><dd>${changeLines(changes).join("<br>")}</dd>`,
    )
  return rows.length === 0 ? "" : `<h3>Keys in memory</h3><dl>${rows.join("")}</dl>`
}

const SIGNS: Readonly<Record<KeyChange["change"], string>> = {
  gained: "new",
  moved: "replaced",
  gone: "deleted",
}

/** A line for each kind of change and each member concerned. */
function changeLines(changes: readonly KeyChange[]): string[] {
  const titles = changes.map(({ change, member }) => {
    const whose = member === undefined ? "" : `, ${escapeHtml(member)}`
    return `<span class="${change}">${SIGNS[change]}</span>${whose}`
  })
  return [...new Set(titles)].map((title) => {
    const names = changes.filter((_, index) => titles[index] === title).map(({ name }) => name)
    return `${title}: ${escapeHtml(names.join(", "))}`
  })
}
