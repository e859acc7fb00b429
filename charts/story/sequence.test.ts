import assert from "node:assert/strict"
import { test } from "node:test"
import { Resvg } from "@resvg/resvg-js"
import type { Scene, Story } from "../../results/story.ts"
import { fixtureStory } from "./fixture.ts"
import { figure, STRIP, shownEvents, stageOf, strip } from "./sequence.ts"

const story = fixtureStory()
const [before, after] = [story.scenes[0], story.scenes.at(-1)] as [Scene, Scene]

const stripOf = (scene: Scene, kind: string, { cast }: Story = story): string => {
  const event = scene.events.find((candidate) => candidate.kind === kind)
  assert.ok(event)
  return strip(event, stageOf({ ...story, cast }, scene))
}

test("a picture is well-formed and has a row for each event that shows something", () => {
  const { height } = new Resvg(figure(story, before))
  assert.equal(height, (shownEvents(before).length + 1) * STRIP.height)
  assert.equal(shownEvents(before).length, before.events.length - 1)
})

test("an arrow goes from sender to recipient", () => {
  const arrow = /class="arrow" x1="(\d+)" y1="27" x2="(\d+)"/.exec(stripOf(before, "two-party"))
  const backwards = /class="arrow" x1="(\d+)" y1="27" x2="(\d+)"/.exec(stripOf(before, "publish"))
  assert.ok(Number(arrow?.[1]) < Number(arrow?.[2]))
  assert.ok(Number(backwards?.[1]) > Number(backwards?.[2]))
})

test("a broadcast is one line from the server with a head at each who gets it", () => {
  const drawn = stripOf(before, "broadcast")
  assert.equal(drawn.match(/class="broadcast"/g)?.length, 1)
  assert.equal(drawn.match(/class="head"/g)?.length, 1)
})

test("the thief has a line, and a word about each message, from the theft on", () => {
  assert.doesNotMatch(figure(story, before), />Thief<|>reads</)
  assert.match(figure(story, after), />Thief<.*>reads</s)
})

test("a label stays inside its picture, wherever its arrow is", () => {
  for (const scene of [before, after]) {
    for (const [, x, label] of figure(story, scene).matchAll(/class="label" x="(\d+)"[^>]*>([^<]*)</g)) {
      const half = ((label ?? "").length * 5.5) / 2
      assert.ok(Number(x) - half >= 0 && Number(x) + half <= STRIP.width, label)
    }
  }
})

test("what members say is text, never markup", () => {
  const hostile = fixtureStory("</text><script>")
  const scene = hostile.scenes[0] as Scene
  assert.doesNotMatch(figure(hostile, scene), /<script/)
  assert.ok(new Resvg(figure(hostile, scene)).width > 0)
})
