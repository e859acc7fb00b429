/** Every source file keeps to the import table, and to the size of a file. */
import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { describe, test } from "node:test"
import { fileURLToPath } from "node:url"
import { OURS, OUTSIDE } from "./import-table.ts"

const ROOT = fileURLToPath(new URL("../../", import.meta.url))
const FOLDERS = ["protocols", "bench", "workers", "results", "charts"]
const LONGEST_FILE = 250

/** Path from the root → text. */
type Sources = ReadonlyMap<string, string>

const GLOBALS =
  /\b(Date\.now|new Date|Math\.random|performance\.|globalThis|crypto\.(getRandom|subtle|random))/g
const STATIC = /\bfrom\s+"([^"\s]+)"|\bimport\s+"([^"\s]+)"/g
const DYNAMIC =
  /\bimport\s*\(\s*"([^"\s]+)"|createRequire\([^)]*\)\("([^"\s]+)"\)|new URL\("(\.[^"\s]+\.js)"/g

const namesIn = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((match) => match.slice(1).find((name) => name !== undefined) as string)
const importsOf = (text: string): string[] => [...namesIn(text, STATIC), ...namesIn(text, DYNAMIC)]

const isOurs = (name: string): boolean => name.startsWith(".")
const resolved = (file: string, name: string): string =>
  join(dirname(file), name.replace(/\.js$/, ".ts")).replaceAll("\\", "/")

function mayImportOurs(file: string, target: string): boolean {
  if (target.startsWith("bench/cli/") && !/^bench\/(cli|peers)\//.test(file)) return false
  if (target.endsWith(".test.ts") || (isTestOnly(target) && !isTestOnly(file))) return false
  const row = OURS.find(({ files }) => files.test(file))
  return row !== undefined && (isOwnFolder(file, target) || row.may.some((allowed) => allowed.test(target)))
}

/** For tests and developers: the published package never runs it. */
const isTestOnly = (file: string): boolean =>
  /\.test\.ts$|^protocols\/vectors\/|^bench\/peers\/|fixture\.ts$/.test(file)

/** The folder of a part: `workers/`, `charts/`, `protocols/pairwise/`. */
const isOwnFolder = (file: string, target: string): boolean =>
  target.startsWith(/^(protocols\/[^/]+\/|charts\/|workers\/)/.exec(file)?.[0] ?? "nowhere")

const mayImportOutside = (file: string, name: string): boolean =>
  OUTSIDE.some(({ names, files }) => names.test(name) && files.test(file))

/** Each import that the tables do not allow, and each use of a global that `protocols/` must not touch. */
function violations(sources: Sources): string[] {
  return [...sources].flatMap(([file, text]) => {
    const bad = importsOf(text).filter((name) =>
      isOurs(name) ? !mayImportOurs(file, resolved(file, name)) : !mayImportOutside(file, name),
    )
    const isPure = file.startsWith("protocols/") && !isTestOnly(file)
    const globals = isPure ? [...text.matchAll(GLOBALS)].map(([name]) => name) : []
    return [...bad.map((name) => `${file} imports ${name}`), ...globals.map((name) => `${file} uses ${name}`)]
  })
}

/** Files that import each other in a ring, as a path from one back to itself. A dynamic import closes none. */
function cycles(sources: Sources): string[] {
  const found: string[] = []
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(" → "))
    if (done.has(file) || path.includes(file)) return
    for (const name of namesIn(sources.get(file) ?? "", STATIC).filter(isOurs))
      visit(resolved(file, name), [...path, file])
    done.add(file)
  }
  for (const file of sources.keys()) visit(file, [])
  return found
}

function readSources(): Sources {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  )
  const sources = files.filter((file) => file.endsWith(".ts"))
  return new Map(sources.map((file) => [file.replaceAll("\\", "/"), readFileSync(join(ROOT, file), "utf8")]))
}

describe("the sources", () => {
  const sources = readSources()

  test("are found", () => {
    assert.ok(sources.has(relative(ROOT, join(ROOT, "bench/imports.test.ts"))))
    assert.ok(sources.size > 50)
  })

  test("import only what the tables allow, and protocols touch no clock and no randomness but their own", () => {
    assert.deepEqual(violations(sources), [])
  })

  test("import one another without a ring", () => {
    assert.deepEqual(cycles(sources), [])
  })

  test("have no barrels, helpers' corners or folders named test", () => {
    const bad = [...sources.keys()].filter((file) =>
      /(^|\/)(index|utils?|helpers?)\.ts$|\/tests?\//.test(file),
    )
    assert.deepEqual(bad, [])
  })

  test(`have at most ${LONGEST_FILE} lines each`, () => {
    const long = [...sources].filter(([, text]) => text.trimEnd().split("\n").length > LONGEST_FILE)
    assert.deepEqual(
      long.map(([file]) => file),
      [],
    )
  })
})

describe("the checker reports", () => {
  // Put together here so that the checker does not take the examples for imports of this file
  const from = (name: string) => `import { a } ${"from"} "${name}"\n`
  const reported = (file: string, text: string) => violations(new Map([[file, text]]))

  const bad: readonly (readonly [rule: string, file: string, name: string])[] = [
    ["protocols know nothing of the bench", "protocols/pairwise/pairwise.ts", "../../bench/sim/group.ts"],
    ["protocols know nothing of results", "protocols/roster.ts", "../results/schema.ts"],
    [
      "competitors never import one another",
      "protocols/pairwise/pairwise.ts",
      "../sender-keys/sender-keys.ts",
    ],
    ["nor in the other direction", "protocols/sender-keys/sender-keys.ts", "../pairwise/pairwise.ts"],
    ["nor those to come", "protocols/dcgka/dcgka.ts", "../sender-keys/renewal.ts"],
    [
      "a competitor sees the contract of a channel only",
      "protocols/pairwise/pairwise.ts",
      "../two-party/signal.ts",
    ],
    [
      "a competitor sees the contract of a suite only",
      "protocols/pairwise/pairwise.ts",
      "../crypto/native.ts",
    ],
    ["nothing in protocols imports the registry", "protocols/pairwise/pairwise.ts", "../registry.ts"],
    ["shared files import shared files only", "protocols/hash-ratchet.ts", "./two-party/two-party.ts"],
    ["no other cryptography in protocols", "protocols/two-party/x3dh.ts", "@noble/curves/ed25519.js"],
    ["nor that of Node", "protocols/two-party/x3dh.ts", "node:crypto"],
    [
      "the bench does not look into a protocol",
      "bench/sim/group.ts",
      "../../protocols/sending-chain/sender-key.ts",
    ],
    ["nothing imports the command line", "bench/run/campaign.ts", "../cli/options.ts"],
    ["nothing imports a test", "bench/run/campaign.ts", "./count.test.ts"],
    ["not even a test", "bench/run/time.test.ts", "./count.test.ts"],
    ["no source imports what tests use", "protocols/two-party/x3dh.ts", "../vectors/suites.ts"],
    ["not a fixture either", "bench/run/count.ts", "../sim/fixture.ts"],
    ["one owner of the clock", "bench/run/time.ts", "node:perf_hooks"],
    ["not even a test reads the real clock", "bench/run/time.test.ts", "node:perf_hooks"],
    ["the bench reads no files", "bench/run/count.ts", "node:fs"],
    ["workers drive jobs only", "workers/entry.ts", "../bench/sim/group.ts"],
    ["results stand alone", "results/document.ts", "../bench/plan/job.ts"],
    ["charts see results only", "charts/specs/bytes.ts", "../../protocols/registry.ts"],
    ["unknown packages", "bench/run/count.ts", "lodash"],
    ["nothing imports the comparison with peers", "bench/cli/main.ts", "../peers/main.ts"],
    ["which borrows refusals and streams only", "bench/peers/main.ts", "../cli/run.ts"],
    ["AGPL code outside vectors and peers", "protocols/two-party/signal.ts", "@signalapp/libsignal-client"],
  ]
  for (const [rule, file, name] of bad) {
    test(`${rule}: ${file} must not import ${name}`, () => {
      assert.deepEqual(reported(file, from(name)), [`${file} imports ${name}`])
    })
  }

  test("every way to import", () => {
    const file = "protocols/roster.ts"
    const name = "../bench/sim/group.ts"
    const quoted = `"${name}"`
    for (const text of [
      `import {\n  a,\n  type B,\n} ${"from"} ${quoted}`,
      `import type { B } ${"from"} ${quoted}`,
      `export * ${"from"} ${quoted}`,
      `${"import"} ${quoted}`,
      `const a = await ${"import"}(${quoted})`,
      `const a = ${"createRequire"}(import.meta.url)(${quoted})`,
    ]) {
      assert.deepEqual(reported(file, text), [`${file} imports ${name}`], text)
    }
    const worker = `new ${"URL"}("../bench/sim/group.js", import.meta.url)`
    assert.deepEqual(reported(file, worker), [`${file} imports ../bench/sim/group.js`])
  })

  test("globals in protocols", () => {
    for (const name of ["Date.now", "Math.random", "performance.", "globalThis", "crypto.getRandom"])
      assert.deepEqual(reported("protocols/roster.ts", `${name}Values()`), [
        `protocols/roster.ts uses ${name}`,
      ])
  })

  test("a ring, and what a good file does not give cause for", () => {
    const ring = new Map([
      ["protocols/a.ts", from("./b.ts")],
      ["protocols/b.ts", from("./a.ts")],
    ])
    assert.deepEqual(cycles(ring), ["protocols/a.ts → protocols/b.ts → protocols/a.ts"])
    assert.deepEqual(reported("protocols/pairwise/pairwise.ts", from("./own.ts") + from("../wire.ts")), [])
  })
})
