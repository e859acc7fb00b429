/** Arithmetic on bytes, other forms of them and hidden places are left to `protocols/crypto/` and a few named places. */
import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, test } from "node:test"
import { fileURLToPath } from "node:url"
import { bare } from "./bare-source-fixture.ts"
import { PLACES, RULES } from "./key-bytes-table.ts"

const ROOT = fileURLToPath(new URL("../../", import.meta.url))

type Found = { readonly rule: string; readonly line: number; readonly text: string }

/** What a source does that is against a rule. */
function foundIn(text: string): Found[] {
  const source = bare(text)
  const places = RULES.flatMap(({ name, pattern }) =>
    [...source.matchAll(pattern)].map(({ index, 0: found }) => ({ rule: name, index, text: found.trim() })),
  )
  return [...places, ...closuresIn(source)].map(({ rule, index, text: found }) => ({
    rule,
    line: source.slice(0, index).split("\n").length,
    text: found,
  }))
}

/** Variables of a function that outlive its call, in functions of its own. */
function closuresIn(source: string): { rule: string; index: number; text: string }[] {
  const functions = [...source.matchAll(/^(?:export )?(?:async )?function [\s\S]*?^\}/gm)]
  const withOwn = functions.filter(([body]) =>
    /^ {2}(?:async )?function |^ {2}return \{[\s\S]*=>|^ {2}const \w+ =\s.*=>\s*$/m.test(body),
  )
  return withOwn.flatMap(({ index, 0: body }) =>
    [...body.matchAll(KEPT)].map((match) => ({
      rule: "state of a closure",
      index: index + match.index,
      text: match[0].trim(),
    })),
  )
}

const KEPT = /^ {2}(?:let|var) \w+.*$|^ {2}const \w+(?:: [^=\n]+)? = (?:new (?:Map|Set|Array)|\[\]|\{\}).*$/gm

/** `file:line rule: text` for each place that is not in the table; all of a file where there are more than it says. */
function violations(file: string, text: string): string[] {
  const found = foundIn(text)
  return found
    .filter(({ rule }) => found.filter((other) => other.rule === rule).length !== allowed(file, rule))
    .map(({ rule, line, text }) => `${file}:${line} ${rule}: ${text}`)
}

const allowed = (file: string, rule: string): number =>
  PLACES.find((place) => place.file === file && place.rule === rule)?.times ?? 0

const isChecked = (file: string): boolean =>
  file.endsWith(".ts") && !/^protocols\/(crypto|vectors)\/|\.test\.ts$/.test(file)

const readSources = (): [file: string, text: string][] =>
  readdirSync(join(ROOT, "protocols"), { recursive: true, encoding: "utf8" })
    .map((name) => join("protocols", name).replaceAll("\\", "/"))
    .filter(isChecked)
    .map((file) => [file, readFileSync(join(ROOT, file), "utf8")])

describe("the protocols", () => {
  const sources = readSources()

  test("change no bytes, write none in another form and hide none, but in the places of the table", () => {
    assert.ok(sources.length > 50)
    assert.deepEqual(
      sources.flatMap(([file, text]) => violations(file, text)),
      [],
    )
  })

  test("do all that the table allows: nothing in it is out of date", () => {
    for (const { file, rule, times } of PLACES) {
      const text = sources.find(([name]) => name === file)?.[1] ?? ""
      assert.equal(foundIn(text).filter((found) => found.rule === rule).length, times, `${file}: ${rule}`)
    }
  })
})

describe("the checker reports", () => {
  const reported = (line: string) => violations("protocols/pairwise/pairwise.ts", `const a = 1\n${line}\n`)

  for (const line of [
    "const masked = key.map((byte) => byte ^ 0xff)",
    "const masked = key.map((byte) => ~byte)",
    "const masked = key.map((byte) => 255 - byte)",
    "const added = (key[0] as number) + 1",
    "const added = 1 + key[0]",
    "key[0] = 1",
    "key[0] += 1",
    "const or = low | MASK",
    "const and = low & 0x0f",
    "const turned = key.toReversed()",
    "key.reverse()",
    "key.fill(0)",
    "const other = key.with(0, 1)",
    "other.set(key, 16)",
    "other.set(key)",
    "const list = [...chainKey]",
    "const list = Array.from(chainKey)",
    "const text = String.fromCharCode(...key)",
    "const text = number.toString(16)",
    "const number = parseInt(text, 16)",
    "const number = BigInt(text)",
    'const text = Buffer.from(key).toString("base64")',
    "const text = btoa(key)",
    "const text = toHex(key)",
    "const view = new DataView(key.buffer)",
    "const words = new Uint32Array(key.buffer)",
    "const copy = Uint8Array.from(list)",
    "const copy = new Uint8Array(list)",
    "const one = Uint8Array.of(low)",
    "const hidden = new WeakMap<object, Key32>()",
    "let hidden: Key32 | undefined",
    "const hidden: Key32[] = []",
    "const hidden = new Map<string, Key32>()",
    "export const hidden = {}",
  ])
    test(line, () => {
      assert.match(reported(line).join(), /^protocols\/pairwise\/pairwise\.ts:2 /)
    })

  test("a variable that a function's own functions keep", () => {
    const kept = "function protocol() {\n  let hidden\n  return {\n    send: () => hidden,\n  }\n}"
    assert.deepEqual(reported(kept), ["protocols/pairwise/pairwise.ts:3 state of a closure: let hidden"])
  })

  test("one place more than the table allows", () => {
    const file = "protocols/signal-wire.ts"
    assert.deepEqual(violations(file, "const version = first >> 4\n"), [])
    const more = violations(file, "const version = first >> 4\nconst more = first << 4\n")
    assert.deepEqual(more, [`${file}:1 bit operation: >>`, `${file}:2 bit operation: <<`])
  })

  test("nothing in types, comments and texts", () => {
    for (const harmless of [
      "type A = Roster & { readonly a: Key32 | undefined }",
      "export type A =\n  | Key32\n  | { readonly kind: Chain }",
      "const a = (b: Key32 | undefined): Map<Id, Map<Id, Key32>> => b",
      'function a(b: "x" | "y", c: Key32 | Bytes<16>): Chain & Peer {}',
      "interface A {\n  readonly b: Key32 | Chain\n}",
      "// key ^ mask",
      "/** key << 1 */",
      'const a = "key ^ mask | 1"',
      "const a = `key ^ mask`",
      "const a = /^b|c/.exec(d)",
      "const a = b || c && d",
      "import type { A } from 'x' // | &",
    ])
      assert.deepEqual(reported(harmless), [], harmless)
  })

  test("what is inserted into a template", () => {
    assert.equal(reported("const a = `mask: $" + "{key ^ 0xff} end`").length, 1)
  })
})
