import assert from "node:assert/strict"
import { test } from "node:test"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import { SCENES, type SceneName, type StoryEvent } from "../../results/story.ts"
import { recordStory } from "./record.ts"

const story = await recordStory(createNativeSuite, 1)

const scene = (name: SceneName) => {
  const found = story.scenes.find((candidate) => candidate.name === name)
  assert.ok(found, name)
  return found
}
const ofKind = <Kind extends StoryEvent["kind"]>(name: SceneName, kind: Kind) =>
  scene(name).events.filter((event): event is Extract<StoryEvent, { kind: Kind }> => event.kind === kind)
const hexOf = ({ parts }: { parts: readonly { name: string; hex: string }[] }, name: string) =>
  parts.filter((part) => part.name === name).map(({ hex }) => hex)

test("every scene is played, in order", () => {
  assert.deepEqual(
    story.scenes.map(({ name }) => name),
    SCENES,
  )
})

test("one chain key goes to three members in three ciphertexts that have nothing in common", () => {
  const messages = ofKind("first-message", "two-party")
  assert.equal(messages.length, 3)
  const chainKeys = messages.flatMap(({ content }) => hexOf({ parts: content }, "chain key"))
  assert.equal(new Set(chainKeys).size, 1)
  assert.equal(new Set(messages.flatMap((message) => hexOf(message, "ciphertext"))).size, 3)
  for (const { received } of messages)
    assert.ok(received[0]?.changes.some(({ change, hex }) => change === "gained" && hex === chainKeys[0]))
})

test("the second message of a sender is one broadcast and nothing else", () => {
  assert.deepEqual(
    scene("second-message").events.map(({ kind }) => kind),
    ["act", "broadcast"],
  )
})

test("at a removal each of the four loses all four sender chains", () => {
  const [notice] = ofKind("removal", "notice")
  const lost = notice?.to.map(({ changes }) => changes.filter(({ name }) => name.startsWith("sender chain")))
  assert.deepEqual(
    lost?.map((changes) => changes.map(({ change }) => change).join()),
    Array(4).fill("gone,gone,gone,gone"),
  )
})

test("n members renew with n(n − 1) messages, after 2(n − 1) on the victim's channels", () => {
  const n = scene("after").members.length
  assert.equal(ofKind("everyone-renews", "two-party").length, n * (n - 1))
  assert.equal(ofKind("channels", "two-party").length, 2 * (n - 1))
})

test("the thief opens everything until the victim answers its peers' new ratchet keys, and nothing after", () => {
  const heard = story.scenes
    .flatMap(({ events }) => events)
    .flatMap((event) => ("opened" in event ? [event.opened] : []))
  const opened = heard.filter((open) => open).length
  assert.deepEqual(heard, [...Array(opened).fill(true), ...Array(heard.length - opened).fill(false)])
  assert.deepEqual(
    ofKind("channels", "two-party").map((event) => event.opened),
    [true, true, true, true],
  )
})

test("until the last chain is fresh the thief would read what anybody says next", () => {
  assert.deepEqual(scene("channels").readable, ["Alice", "Bob", "Carol"])
  assert.deepEqual(scene("everyone-renews").readable, [])
})

test("another seed is another story of the same length", async () => {
  const other = await recordStory(createNativeSuite, 2)
  const kinds = ({ scenes }: typeof story) => scenes.flatMap(({ events }) => events.map(({ kind }) => kind))
  assert.notDeepEqual(other, story)
  assert.deepEqual(kinds(other), kinds(story))
})
