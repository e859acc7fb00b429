import assert from "node:assert/strict"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { fileURLToPath } from "node:url"
import { howItWorksMarkdown } from "../../charts/story/markdown.ts"
import { loadFastestSuite } from "../run/suites.ts"
import { recordStory } from "../story/record.ts"
import { dcgkaBench, temporaryFolder } from "./spawned.ts"

const DOCS = fileURLToPath(new URL("../../../docs/", import.meta.url))

test("docs/how-it-works.md and its pictures are what the protocol does: npm run cli -- story --format markdown --out docs", async () => {
  const files = howItWorksMarkdown(await recordStory(await loadFastestSuite(), 1))
  for (const [name, text] of files) assert.equal(readFileSync(join(DOCS, name), "utf8"), text, name)
  const pictures = readdirSync(join(DOCS, "how-it-works")).map((name) => `how-it-works/${name}`)
  assert.deepEqual(pictures.toSorted(), [...files.keys()].filter((name) => name.endsWith(".svg")).toSorted())
})

test("story writes a page where it is told to, and says where it is", async (t) => {
  const folder = join(temporaryFolder(t), "new")
  const { code, stdout, stderr } = await dcgkaBench(["story", "--out", folder])
  assert.deepEqual([code, stdout, stderr], [0, `${join(folder, "how-it-works.html")}\n`, ""])
  assert.ok(existsSync(stdout.trim()))
})
