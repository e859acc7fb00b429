/**
 * Groups at rest that took long to form, kept beyond a run in the user's cache folder (`$XDG_CACHE_HOME`, or `~/.cache`).
 * One file each, under a name that follows from the code that formed it, so that nothing outlives a change. What is broken
 * or anything else is formed anew; the folder can be deleted at any time. A file holds the keys of simulated members.
 */
import { createHash } from "node:crypto"
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { deserialize, serialize } from "node:v8"
import type { FormedGroups } from "../bench/run/formed-groups.ts"

const HASH_LENGTH = 32

const usualFolder = (): string => join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "dcgka-bench")

export function openFormedGroups(folder = usualFolder()): FormedGroups {
  return {
    read: (name) => ifPossible(() => readWhole(folder, keyOf(name))),
    write: (name, group) => ifPossible(() => writeWhole(folder, keyOf(name), serialize(group))),
  }
}

/** A cache that cannot be read or written is none. */
function ifPossible<T>(access: () => T): T | undefined {
  try {
    return access()
  } catch {
    return undefined
  }
}

const fileOf = (folder: string, key: Buffer): string => join(folder, `${key.toString("hex")}.bin`)

/** @throws Error when the bytes are not those that were written under this key */
function readWhole(folder: string, key: Buffer): unknown {
  const file = readFileSync(fileOf(folder, key))
  const bytes = file.subarray(HASH_LENGTH)
  if (!hashOf(key, bytes).equals(file.subarray(0, HASH_LENGTH))) throw new Error("not what was written")
  return withOwnBuffers(deserialize(bytes))
}

/**
 * What was read are views of the whole file: a copy of one member would hold all the others too, behind the end of each
 * byte string.
 */
function withOwnBuffers(value: unknown): unknown {
  if (value instanceof Uint8Array) return Uint8Array.from(value)
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, withOwnBuffers(item)]))
  if (value instanceof Set || typeof value !== "object" || value === null) return value
  if (Array.isArray(value)) return value.map(withOwnBuffers)
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withOwnBuffers(item)]))
}

/** Under another name first: nobody finds half a file. */
function writeWhole(folder: string, key: Buffer, bytes: Buffer): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = fileOf(folder, key)
  const part = `${path}.${process.pid}.part`
  writeFileSync(part, Buffer.concat([hashOf(key, bytes), bytes]), { mode: 0o600 })
  renameSync(part, path)
}

function hashOf(...parts: readonly (Uint8Array | string)[]): Buffer {
  const hash = createHash("sha256")
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** What decides the bytes of a group is our own code and the library behind it; the engine, how they are written down. */
const CODE = ["protocols", "bench/plan", "bench/sim", "bench/run"]
const LIBRARY = "ts-mls"

const keyOf = (name: string): Buffer => hashOf(codeHash(), name)

let known: Buffer | undefined

function codeHash(): Buffer {
  const manifest = fileURLToPath(new URL("../../package.json", import.meta.resolve(LIBRARY)))
  known ??= hashOf(
    process.versions.v8,
    ...[...CODE.flatMap(filesIn), manifest].map((file) => readFileSync(file)),
  )
  return known
}

/** Compiled, this file is dist/workers/formed-groups.js. */
function filesIn(folder: string): string[] {
  const root = fileURLToPath(new URL(`../${folder}/`, import.meta.url))
  const names = readdirSync(root, { recursive: true, encoding: "utf8" }).sort()
  return names.filter((name) => /(?<!\.test)\.js$/.test(name)).map((name) => join(root, name))
}
