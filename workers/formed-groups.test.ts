import assert from "node:assert/strict"
import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import { countAll } from "../bench/run/count.ts"
import { loadFastestSuite } from "../bench/run/suites.ts"
import { competitorNamed, DEFAULT_SETTINGS } from "../protocols/registry.ts"
import { openFormedGroups } from "./formed-groups.ts"

const GROUP = { members: [{ id: "m000", state: new Map([[1n, Uint8Array.of(1, 2)]]) }] }

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "formed-groups-"))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, "cache")
}

const fileIn = (folder: string): string => join(folder, readdirSync(folder)[0] as string)

test("a group is found again by its name, by this user alone, and nothing lies beside it", (t) => {
  const folder = folderFor(t)
  openFormedGroups(folder).write("mls-16-1", GROUP)
  assert.deepEqual(openFormedGroups(folder).read("mls-16-1"), GROUP)
  assert.equal(openFormedGroups(folder).read("mls-16-2"), undefined)
  assert.equal(readdirSync(folder).length, 1)
  assert.equal(statSync(fileIn(folder)).mode & 0o077, 0)
})

test("a file that was cut, altered, or written under another name is not trusted, and is written anew", (t) => {
  const folder = folderFor(t)
  const groups = openFormedGroups(folder)
  groups.write("mls-16-1", GROUP)
  const file = fileIn(folder)
  const whole = readFileSync(file)
  for (const broken of [
    whole.subarray(0, -1),
    whole.subarray(0, 10),
    Buffer.alloc(0),
    whole.map((byte) => byte ^ 1),
  ]) {
    writeFileSync(file, broken)
    assert.equal(groups.read("mls-16-1"), undefined)
  }
  groups.write("mls-16-2", GROUP)
  const other = readdirSync(folder)
    .map((name) => join(folder, name))
    .find((path) => path !== file) as string
  copyFileSync(other, file)
  assert.equal(groups.read("mls-16-1"), undefined)
  groups.write("mls-16-1", GROUP)
  assert.deepEqual(groups.read("mls-16-1"), GROUP)
})

test("a byte string that was kept comes back in a buffer of its own, whatever it is in", (t) => {
  const groups = openFormedGroups(folderFor(t))
  const key = Uint8Array.of(1, 2, 3)
  groups.write("mls-16-1", { key, list: [key], map: new Map([["m000", { key }]]), none: undefined })
  const read = groups.read("mls-16-1") as {
    key: Uint8Array
    list: Uint8Array[]
    map: Map<string, { key: Uint8Array }>
  }
  for (const found of [read.key, read.list[0], read.map.get("m000")?.key]) {
    assert.deepEqual(found, key)
    assert.equal(found?.buffer.byteLength, key.length)
  }
})

test("a folder that cannot be had costs nothing but time", (t) => {
  const folder = folderFor(t)
  writeFileSync(folder, "a file") // where the folder should be
  chmodSync(folder, 0o400)
  const groups = openFormedGroups(folder)
  groups.write("mls-16-1", GROUP)
  assert.equal(groups.read("mls-16-1"), undefined)
})

test("all is counted, recorded and judged the same with a kept group as without", async (t) => {
  const folder = folderFor(t)
  const counted = async (formed: ReturnType<typeof openFormedGroups>) => {
    const laboratory = {
      competitor: competitorNamed("mls/churned"),
      settings: DEFAULT_SETTINGS,
      seed: 3,
      createSuite: await loadFastestSuite(),
      recipientsTimed: 2,
      formed,
    }
    const operations = ["message", "add", "remove", "update", "heal"] as const
    return await countAll(laboratory, { groupSize: 8, operations, payload: new Uint8Array(32) })
  }
  const first = await counted(openFormedGroups(folder))
  const written = readFileSync(fileIn(folder))
  assert.deepEqual(await counted(openFormedGroups(folder)), first)
  assert.deepEqual(readFileSync(fileIn(folder)), written)
})
