import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { parseSizes, parseThreads } from "./sizes.ts"

const READINGS: readonly (readonly [text: string, sizes: readonly number[]])[] = [
  ["8", [8]],
  ["2", [2]],
  ["1024", [1024]],
  ["4,8,16", [4, 8, 16]],
  ["16,4,8", [4, 8, 16]],
  ["4, 8 ,16", [4, 8, 16]],
  ["8,8,4..8x2", [4, 8]],
  ["2..128x2", [2, 4, 8, 16, 32, 64, 128]],
  ["2..100x2", [2, 4, 8, 16, 32, 64]],
  ["3..100x3", [3, 9, 27, 81]],
  ["4..12+2", [4, 6, 8, 10, 12]],
  ["4..11+4", [4, 8]],
  ["5..5x2", [5]],
  ["5..7+1", [5, 6, 7]],
  ["100,2..8x2,4..6+1", [2, 4, 5, 6, 8, 100]],
  ["008", [8]],
]

for (const [text, sizes] of READINGS) {
  test(`"${text}" means ${sizes.join(", ")}`, () => {
    assert.deepEqual(parseSizes(text), sizes)
  })
}

const OUT_OF_LIMITS = ["0", "1", "1025", "0..8x2", "4..1025x2", "1..8+1", "99999999999999999999", "4,1"]
const NOT_A_SIZE = ["x", "", " ", "4,,8", ",4", "4,", "-4", "4.5", "1e2", "0x10", "8..4", "4..8", "4..8x"]
const MORE_OF_THEM = ["..8x2", "4...8x2", "4..8*2", "4..8x-2", "2..4..8x2", "4 8", "４", "4;8", "4..8x2x2"]

const REFUSALS: readonly (readonly [texts: readonly string[], allowed: string])[] = [
  [OUT_OF_LIMITS, "a group has 2 to 1024 devices"],
  [
    [...NOT_A_SIZE, ...MORE_OF_THEM],
    "write 8, 2..128x2 (by factor), 4..12+2 (by step) or several of them with commas",
  ],
  [["4..8x1", "4..8x0", "4..8+0"], "a factor is at least 2, a step at least 1"],
  [["8..4x2", "8..4+1"], "the first size must not exceed the last"],
]

for (const [texts, allowed] of REFUSALS) {
  for (const text of texts) {
    test(`"${text}" is refused: ${allowed}`, () => {
      assert.throws(
        () => parseSizes(text),
        ({ message }: Error) =>
          message.startsWith('--sizes "') && message.endsWith(`": ${allowed}`) && !message.includes("\n"),
      )
    })
  }
}

test("a refusal quotes the part that is wrong, or all where a part is missing", () => {
  assert.throws(() => parseSizes("4,9999,8"), /^Error: --sizes "9999": /)
  assert.throws(() => parseSizes("4,,8"), /^Error: --sizes "4,,8": /)
})

test("numbers of threads are written as sizes are, from 1 on", () => {
  assert.deepEqual(parseThreads("1..4+1,8"), [1, 2, 3, 4, 8])
  assert.throws(() => parseThreads("1,0"), /^Error: --threads "0": 1 to 64 threads$/)
  assert.throws(() => parseThreads("65"), /^Error: --threads "65": 1 to 64 threads$/)
  assert.throws(() => parseThreads("two"), /^Error: --threads "two": write 8, /)
})

test("sizes ascend, each once, and lie between the ends of their range", () => {
  const range = fc.record({
    first: fc.integer({ min: 2, max: 1024 }),
    last: fc.integer({ min: 2, max: 1024 }),
    kind: fc.constantFrom("x", "+"),
    by: fc.integer({ min: 2, max: 2000 }),
  })
  fc.assert(
    fc.property(range, ({ first, last, kind, by }) => {
      fc.pre(first <= last)
      const sizes = parseSizes(`${first}..${last}${kind}${by}`)
      assert.equal(sizes[0], first)
      for (const [index, size] of sizes.entries()) {
        const next = sizes[index + 1] ?? Number.POSITIVE_INFINITY
        assert.ok(size <= last && size < next)
      }
      const beyond = kind === "x" ? (sizes.at(-1) ?? 0) * by : (sizes.at(-1) ?? 0) + by
      assert.ok(beyond > last)
    }),
  )
})
