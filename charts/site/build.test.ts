import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { test } from "node:test"
import { dcgkaRerun } from "../../results/published/keyhive-eval.ts"
import { fixtureDocument } from "../specs/fixture.ts"
import { NO_OVERLAY } from "../specs/frame.ts"
import { withThroughput } from "../specs/throughput-fixture.ts"
import { buildSite, FIGURES, sitePage } from "./build.ts"
import { page } from "./page.ts"

const SCRIPTS = /<script[^>]*>[\s\S]*?<\/script>/g

test("three files for each figure, and the page", async () => {
  const document = withThroughput(fixtureDocument())
  const files = await buildSite(document)
  const expected = FIGURES.flatMap(({ name }) => [`${name}.svg`, `${name}-dark.svg`, `${name}.png`])
  assert.deepEqual([...files.keys()], [...expected, "index.html"])
  assert.equal(files.get("index.html"), await sitePage(document))
})

test("a figure without data has no files, no section and no link", async () => {
  const files = await buildSite(fixtureDocument({ operations: ["add"], timed: "counted only" }))
  assert.deepEqual(
    [...files.keys()].filter((name) => name.endsWith(".png")),
    ["messages.png", "bytes.png", "state.png", "primitives.png"],
  )
  assert.doesNotMatch(String(files.get("index.html")), /healing-messages/)
})

test("the page says under a figure whose published numbers lie over it, and under no other", async () => {
  const document = fixtureDocument({ protocols: ["mls"], sizes: [4], operations: ["update"] })
  const html = await sitePage(document, { ...NO_OVERLAY, published: [dcgkaRerun] })
  const captioned = html.split("<section ").filter((section) => /<p>dcgka-rerun, published/.test(section))
  assert.deepEqual(
    captioned.map((section) => /^id="([^"]*)"/.exec(section)?.[1]),
    ["cpu"],
  )
})

test("the page of a run of throughput has its table, and no heading without one", async () => {
  const html = await page({ ...withThroughput(fixtureDocument()), cells: [] }, [], [])
  assert.match(html, /<h3>Throughput<\/h3>\n<div/)
  assert.doesNotMatch(html, /<h3>(Exact counts|CPU times)/)
})

test("the page loads nothing: no source, no style sheet, no import", async () => {
  const markup = (await sitePage(fixtureDocument())).replace(SCRIPTS, "")
  assert.doesNotMatch(markup, /\ssrc=|<link|@import|url\(|https?:/)
})

test("the policy allows the scripts that are there, by hash, and no others", async () => {
  const html = await sitePage(fixtureDocument())
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? ""
  const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map((match) => match[1] ?? "")
  const hashes = scripts.map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`)
  assert.equal(scripts.length, 4)
  assert.match(policy, /^default-src 'none'; /)
  assert.ok(policy.includes(`script-src ${hashes.join(" ")};`))
  assert.doesNotMatch(policy, /unsafe-eval|script-src[^;]*unsafe-inline/)
})

test("what a results file holds is text in the page, never markup", async () => {
  const hostile = `</script><img src=x onerror="alert(1)">`
  const document = fixtureDocument({ protocols: [hostile] })
  const environment = { ...document.run.environment, cpu: hostile }
  const cell = {
    protocol: hostile,
    channel: hostile,
    suite: "noble",
    operation: "heal",
    groupSize: 4,
  } as const
  const html = await sitePage({
    ...document,
    run: { ...document.run, id: hostile, environment },
    failures: [{ ...cell, reason: hostile }],
  })
  // The libraries hold markup of their own; data that ended its script element would be left over.
  assert.doesNotMatch(html.replace(SCRIPTS, ""), /<img/)
  assert.match(html, /&lt;img src=x onerror=&quot;alert\(1\)&quot;&gt;/)
})
