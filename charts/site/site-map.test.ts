import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { fixtureDocument } from "../specs/fixture.ts"
import { FIXTURE_FACTS, fixturePublication, published } from "./site-fixture.ts"
import { mapSite, namesFor } from "./site-map.ts"

const { runs } = fixturePublication()

test("the newest run comes first, whatever the order in which runs are given", () => {
  const ids = (given: typeof runs) => mapSite(given, FIXTURE_FACTS).runs.map(({ id }) => id)
  assert.deepEqual(ids(runs), ["run-1", "run-0"])
  assert.deepEqual(ids(runs.toReversed()), ["run-1", "run-0"])
})

test("every protocol of any run has a page, known or not", () => {
  const { protocols } = mapSite(runs, FIXTURE_FACTS)
  assert.deepEqual(
    protocols.map(({ name, path, facts }) => [name, path, facts !== undefined]),
    [
      ["sender-keys", "protocols/sender-keys.html", true],
      ["pairwise", "protocols/pairwise.html", false],
      ["sender-keys/2sm", "protocols/sender-keys-2sm.html", false],
      ["stranger", "protocols/stranger.html", false],
    ],
  )
})

test("healing comes first, and what no run holds has no page", () => {
  const slugs = (document: ReturnType<typeof fixtureDocument>) =>
    mapSite([published(document)], FIXTURE_FACTS).topics.map(({ slug }) => slug)
  assert.deepEqual(slugs(fixtureDocument()), [
    "heal",
    "heal-fresh",
    "create",
    "message",
    "add",
    "remove",
    "update",
  ])
  assert.deepEqual(slugs(fixtureDocument({ operations: ["add"] })), ["add"])
  assert.equal(mapSite(runs, FIXTURE_FACTS).topics.at(-1)?.slug, "throughput")
})

test("the same run twice is refused, and so is a site of nothing", () => {
  assert.throws(() => mapSite([...runs, ...runs], FIXTURE_FACTS), /run-1 is given twice/)
  assert.throws(() => mapSite([], FIXTURE_FACTS), /at least one run/)
})

test("whatever a text holds, its file name is plain, short and nobody else's", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ unit: "binary" })), (texts) => {
      const names = [...namesFor(texts).values()]
      assert.equal(new Set(names).size, texts.length)
      for (const name of names) assert.match(name, /^[a-z0-9][a-z0-9-]{0,90}$/)
    }),
  )
  assert.deepEqual(
    [...namesFor(["a/b", "a-b", "../..", "A B"]).values()],
    ["a-b", "a-b-2", "unnamed", "a-b-3"],
  )
})
