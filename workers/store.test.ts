import assert from "node:assert/strict"
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import { createStoreFolder, openStore, removeStoreFolder } from "./store.ts"

function folderFor(t: TestContext): string {
  const folder = createStoreFolder()
  t.after(() => removeStoreFolder(folder))
  return folder
}

const permissionsOf = (path: string): number => statSync(path).mode & 0o777

test("plain data comes back as it was", (t) => {
  const store = openStore(folderFor(t))
  const value = { keys: new Map([["a", new Uint8Array([1, 2])]]), counter: 2n ** 70n, nothing: undefined }
  store.write("formed-pairwise-4", value)
  assert.deepEqual(store.read("formed-pairwise-4"), value)
  store.write("formed-pairwise-4", "later")
  assert.equal(store.read("formed-pairwise-4"), "later")
})

test("members' keys can be read by their user alone", (t) => {
  const folder = folderFor(t)
  openStore(folder).write("keys", [1])
  assert.equal(permissionsOf(folder), 0o700)
  assert.equal(permissionsOf(join(folder, "keys.bin")), 0o600)
})

test("a write leaves one whole file and replaces what a dead worker left half-way", (t) => {
  const folder = folderFor(t)
  writeFileSync(join(folder, "keys.bin.part"), "half a fi")
  openStore(folder).write("keys", [1])
  assert.deepEqual(readdirSync(folder), ["keys.bin"])
})

test("a value that cannot be written leaves the earlier one in place", (t) => {
  const folder = folderFor(t)
  const store = openStore(folder)
  store.write("keys", "earlier")
  assert.throws(() => store.write("keys", { notPlain: () => 1 }), /could not be cloned/)
  assert.equal(store.read("keys"), "earlier")
})

test("what nobody wrote cannot be read, and the message names it", (t) => {
  assert.throws(() => openStore(folderFor(t)).read("recording-x"), /ENOENT.*recording-x/)
})

test("a folder goes with everything in it, once or twice", () => {
  const folder = createStoreFolder()
  openStore(folder).write("keys", [1])
  removeStoreFolder(folder)
  removeStoreFolder(folder)
  assert.ok(!existsSync(folder))
})
