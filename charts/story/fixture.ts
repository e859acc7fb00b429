/** A made-up story for the tests of this folder's neighbours: every scene, one event of each kind, invented bytes. */
import { SCENES, type Scene, type Story, type StoryEvent, type StoryPart } from "../../results/story.ts"

const PARTS: readonly StoryPart[] = [
  { name: "kind", kind: "framing", hex: "03" },
  { name: "base key", kind: "public-key", hex: "05aabb" },
  { name: "MAC", kind: "proof", hex: "0102030405060708" },
]
const CONTENT: readonly StoryPart[] = [
  { name: "content", kind: "framing", hex: "02" },
  { name: "chain key", kind: "secret", hex: "c0ffee00c0ffee00" },
]

/** @param words - that are said in every scene */
export function fixtureStory(words = "Hello"): Story {
  return {
    ...{ protocol: "sender-keys", channel: "signal", seed: 7 },
    cast: ["Alice", "Bob", "Carol"],
    victim: "Bob",
    scenes: SCENES.map((name, index) =>
      sceneOf(name, words, index < SCENES.indexOf("theft") ? "before" : "after"),
    ),
  }
}

function sceneOf(name: Scene["name"], words: string, theft: "before" | "after"): Scene {
  const opened = theft === "before" ? {} : { opened: true }
  const received = [{ member: "Bob", changes: [] }]
  const change = {
    change: "gained",
    name: "private signature key of chain 1",
    member: "Alice",
    hex: "11",
  } as const
  const events: StoryEvent[] = [
    { kind: "publish", by: "Alice", parts: PARTS },
    { kind: "act", by: "Alice", action: "send", bundles: 1, changes: [change] },
    { kind: "act", by: "Bob", action: "prepare", bundles: 0, changes: [] },
    { kind: "notice", by: "Alice", change: "create", to: received },
    { kind: "two-party", from: "Alice", to: "Bob", parts: PARTS, content: CONTENT, received, ...opened },
    { kind: "broadcast", from: "Alice", words, parts: PARTS, received, ...opened },
  ]
  return { name, members: ["Alice", "Bob"], events, ...(theft === "before" ? {} : { readable: ["Bob"] }) }
}
