import assert from "node:assert/strict"
import { test } from "node:test"
import { fixtureStory } from "../story/fixture.ts"
import { shownEvents } from "../story/sequence.ts"
import { howItWorks, howItWorksPage } from "./how-it-works.ts"

const story = fixtureStory()

test("every line can be reached by keyboard, and says in words what happened", () => {
  const links = [
    ...howItWorks(story).matchAll(
      /<a class="line" id="([^"]*)" href="#([^"]*)"><span class="said">([^<]*)</g,
    ),
  ]
  assert.equal(links.length, story.scenes.flatMap(shownEvents).length)
  assert.equal(new Set(links.map(([, id]) => id)).size, links.length)
  for (const [, id, target, label] of links) {
    assert.equal(id, target)
    assert.match(label ?? "", /^[A-Z].*\.$/)
  }
})

test("every byte of a message is behind its line, with the name of its part", () => {
  const [scene] = howItWorks(story).split('id="form"')
  const panels = (scene ?? "").split('<div class="bytes">')
  const behind = panels.find((html) => html.includes("Inside the ciphertext")) ?? ""
  const bytes = [...behind.matchAll(/<code>(.*?)<\/code>/g)].map(([, html]) =>
    (html ?? "").replace(/<[^>]*>| /g, ""),
  )
  assert.deepEqual(bytes, ["0305aabb", "0102030405060708", "02c0ffee00c0ffee00"])
  assert.match(behind, /<dt>base key <small>3<\/small>/)
})

test("in each scene one message is shown before anything was pointed at", () => {
  assert.equal(howItWorks(story).match(/class="event first"/g)?.length, story.scenes.length)
})

test("the questions that readers ask are asked and answered", () => {
  const asked = [...howItWorks(story).matchAll(/<p class="question">([^<]*\?)<\/p>/g)].map(([, text]) => text)
  assert.deepEqual(asked, [
    "Where does the chain key come from, and what is it for?",
    "Is the channel only X3DH?",
    "Why does a removal clear every sender key?",
    "Why does healing cost n(n − 1) messages?",
  ])
})

test("the page runs no script and loads nothing", () => {
  const html = howItWorksPage(story)
  assert.match(html, /Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'/)
  assert.doesNotMatch(html, /<script|\ssrc=|<link|@import|url\(|https?:/)
})

test("what members say is text, never markup", () => {
  assert.doesNotMatch(howItWorksPage(fixtureStory("<img src=x>")), /<img/)
})
