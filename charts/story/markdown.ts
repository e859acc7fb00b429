/** The story as a document with pictures: the text of the page, and the bytes of three of its messages. */
import type { Scene, SceneName, Story, StoryEvent, StoryPart } from "../../results/story.ts"
import { type Facts, factsOf } from "./facts.ts"
import { figure, shownEvents } from "./sequence.ts"
import { INTRODUCTION, SERVER_CANNOT, SERVER_COULD, SERVER_NOTE, SERVER_SEES, TITLE, textOf } from "./text.ts"
import { counted, lengthOf, told } from "./words.ts"

const NAME = "how-it-works"

/** Scenes whose first message of this kind is shown byte for byte. */
const SHOWN: Partial<Record<SceneName, "two-party" | "broadcast">> = {
  "first-message": "two-party",
  "second-message": "broadcast",
  channels: "two-party",
}

/** Each file's name and text: the document, and a picture for each scene. */
export function howItWorksMarkdown(story: Story): Map<string, string> {
  const facts = factsOf(story)
  const pictures = story.scenes.map((scene) => [`${NAME}/${scene.name}.svg`, figure(story, scene)] as const)
  const text = [
    `# ${TITLE}`,
    ...INTRODUCTION,
    `Written by \`npm run cli -- story --format markdown\` with seed ${story.seed}; \`npm run cli -- story\` writes a page on ` +
      "which every message shows its bytes.",
    ...story.scenes.flatMap((scene) => section(scene, facts)),
    ...serverSection(),
  ]
  return new Map([[`${NAME}.md`, `${text.join("\n\n")}\n`], ...pictures])
}

function section(scene: Scene, facts: Facts): string[] {
  const { title, question, paragraphs } = textOf(scene.name, facts)
  return [
    `## ${title}`,
    ...(question === undefined ? [] : [`**${question}**`]),
    ...paragraphs,
    `![${shownEvents(scene)
      .map((event) => told(event).sentence)
      .join(" ")}](${NAME}/${scene.name}.svg)`,
    ...verdict(scene),
    ...bytesIn(scene),
  ]
}

function verdict({ readable }: Scene): string[] {
  if (readable === undefined) return []
  return [
    `Whose next message the thief would read now: **${readable.length === 0 ? "nobody" : readable.join(", ")}**.`,
  ]
}

type Message = Extract<StoryEvent, { readonly kind: "two-party" | "broadcast" }>

function bytesIn({ name, events }: Scene): string[] {
  const message = events.find((event): event is Message => event.kind === SHOWN[name])
  if (message === undefined) return []
  const content = message.kind === "two-party" ? message.content : []
  return [
    `<details><summary>The bytes: ${told(message).sentence}</summary>`,
    table(message.parts),
    ...(content.length === 0
      ? []
      : [`Inside the ciphertext, ${counted(lengthOf(content), "byte")}:`, table(content)]),
    "</details>",
  ]
}

const table = (parts: readonly StoryPart[]): string =>
  ["| part | bytes | |", "|---|---|---|", ...parts.map(row)].join("\n")

const row = ({ name, hex }: StoryPart): string => `| ${name} | ${hex.length / 2} | \`${hex}\` |`

function serverSection(): string[] {
  const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join("\n")
  return [
    "## What the server sees",
    list(SERVER_SEES),
    "**What it cannot do**",
    list(SERVER_CANNOT),
    "**What it could do all the same**",
    list(SERVER_COULD),
    SERVER_NOTE,
  ]
}
