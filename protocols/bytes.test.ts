import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { concat, equal, exactly, key32, toHex, utf8 } from "./bytes.ts"

const bytes = () => fc.uint8Array({ maxLength: 40 })

test("a length is vouched for only if it is right", () => {
  assert.equal(exactly(new Uint8Array(16), 16).length, 16)
  assert.throws(() => exactly(new Uint8Array(15), 16), /expected 16 bytes, got 15/)
  assert.throws(() => key32(new Uint8Array(33)))
})

test("concatenation keeps order and copies", () => {
  fc.assert(
    fc.property(fc.array(bytes()), (parts) => {
      assert.deepEqual(
        [...concat(...parts)],
        parts.flatMap((part) => [...part]),
      )
    }),
  )
  const part = Uint8Array.of(1)
  const joined = concat(part)
  part[0] = 2
  assert.deepEqual(joined, Uint8Array.of(1))
})

test("byte strings are equal when all their bytes are", () => {
  fc.assert(fc.property(bytes(), bytes(), (a, b) => assert.equal(equal(a, b), Buffer.compare(a, b) === 0)))
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (a, at, flip) => {
        const index = at % a.length
        assert.ok(equal(a, a.slice()))
        assert.ok(!equal(a, a.with(index, (a[index] as number) ^ flip)))
      },
    ),
  )
})

test("hex shows a view, not what lies around it", () => {
  assert.equal(toHex(Uint8Array.of(0, 1, 255, 3).subarray(1, 3)), "01ff")
  assert.equal(toHex(utf8("é")), "c3a9")
})
