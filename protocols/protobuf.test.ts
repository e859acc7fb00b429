/** What the reader accepts beyond what the writer makes is libsignal's taste; `vectors/` compares the two live. */
import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { concat, toHex } from "./bytes.ts"
import { hasCode } from "./errors.ts"
import { decodeFields, encodeFields, type FieldValue, layOut, required } from "./protobuf.ts"
import { fromHex } from "./vectors/vector-files.ts"

const TYPES = { 1: "uint32", 2: "bytes" } as const
const read = (hex: string) => decodeFields(fromHex(hex), TYPES)
const refuses = (hex: string) =>
  assert.throws(
    () => read(hex),
    (error) => hasCode(error, "bad-encoding"),
    hex,
  )
const ignores = (hex: string) => {
  const fields = read(`0805${hex}1201aa`)
  assert.deepEqual([fields.uint32(1), fields.bytes(2)], [5, Uint8Array.of(0xaa)], hex)
}

test("fields are written in ascending order, zeros too, absent ones not", () => {
  assert.equal(toHex(encodeFields([0, new Uint8Array(0)])), "08001200")
  assert.equal(toHex(encodeFields([undefined, Uint8Array.of(1, 2), undefined, 300])), "1202010220ac02")
  assert.equal(toHex(encodeFields([0xffffffff])), "08ffffffff0f")
  assert.equal(toHex(encodeFields([127, 128, 16383, 16384])), "087f10800118ff7f20808001")
})

test("what was written is read", () => {
  const value = fc.oneof(fc.nat(0xffffffff), fc.uint8Array({ maxLength: 300 }), fc.constant(undefined))
  fc.assert(
    fc.property(fc.array(value, { maxLength: 12 }), (values: FieldValue[]) => {
      const types = values.map((value, index) => [index + 1, typeof value === "number" ? "uint32" : "bytes"])
      const fields = decodeFields(encodeFields(values), Object.fromEntries(types))
      values.forEach((value, index) => {
        const number = index + 1
        assert.deepEqual(typeof value === "number" ? fields.uint32(number) : fields.bytes(number), value)
      })
    }),
  )
})

test("fields follow the prefix that a message begins with", () => {
  assert.equal(toHex(encodeFields([1, Uint8Array.of(2)], Uint8Array.of(0x33, 0x44))), "33440801120102")
  assert.equal(toHex(encodeFields([], Uint8Array.of(0x33))), "33")
})

test("a required field must be there", () => {
  assert.equal(required(0), 0)
  assert.throws(
    () => required(read("0805").bytes(2)),
    (error) => hasCode(error, "bad-encoding"),
  )
})

test("the last occurrence of a field wins", () => {
  assert.equal(read("080508ac02").uint32(1), 300)
  assert.deepEqual(read("120101120102").bytes(2), Uint8Array.of(2))
})

test("varints have up to 64 bits and are cut to 32", () => {
  assert.equal(read("088080808010").uint32(1), 0)
  assert.equal(read("08ffffffff1f").uint32(1), 0xffffffff)
  assert.equal(read("08808080808001").uint32(1), 0)
  assert.equal(read("08850080808000".slice(0, 6)).uint32(1), 5, "longer than needed")
  assert.equal(read("08ffffffffffffffffff01").uint32(1), 0xffffffff)
  refuses("08ffffffffffffffffff02")
  refuses("08ffffffffffffffffff8000")
})

test("unknown fields are skipped, groups with all they hold", () => {
  for (const hex of ["1805", "190102030405060708", "1a020102", "1d01020304", "1b1c", "1b0a0108231805241c"]) {
    ignores(hex)
  }
  const nested = (depth: number) => "1b".repeat(depth) + "1c".repeat(depth)
  ignores(nested(100))
  refuses(nested(101))
})

test("broken messages are refused", () => {
  refuses("08") // no value
  refuses("0880") // unfinished
  refuses("1202aa") // shorter than its length
  refuses("12ffffffffffffffffff01")
  refuses("1901020304050607") // unknown fixed64, fixed32 and bytes, one byte short
  refuses("1d010203")
  refuses("1a020a")
  refuses("0a00") // known fields of another wire type
  refuses("1005")
  refuses("0d01020304")
  refuses("0001") // field number 0
  refuses("0200")
  refuses("1e") // wire types 6 and 7
  refuses("1f")
  refuses("1b") // group without end, end without group, end of another group
  refuses("1c")
  refuses("1b24")
  refuses("f8ffffff1f01") // tag beyond 32 bits
})

test("no input does anything but parse or be refused", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      try {
        decodeFields(concat(bytes), TYPES)
      } catch (error) {
        assert.ok(hasCode(error, "bad-encoding"))
      }
    }),
    { numRuns: 1000 },
  )
})

test("laid out, a message is all of its bytes in order, fields that nobody knows included", () => {
  const known = encodeFields([300, Uint8Array.of(1, 2)])
  const bytes = concat(known, fromHex("9d0601020304")) // field 99, four bytes of a fixed width
  const fields = layOut(bytes)
  assert.deepEqual(
    fields.map(({ number, head, value }) => [number, toHex(head), toHex(value)]),
    [
      [1, "08", "ac02"],
      [2, "1202", "0102"],
      [99, "9d06", "01020304"],
    ],
  )
  assert.deepEqual(concat(...fields.flatMap(({ head, value }) => [head, value])), bytes)
  assert.throws(
    () => layOut(bytes.subarray(0, -1)),
    (error) => hasCode(error, "bad-encoding"),
  )
})
