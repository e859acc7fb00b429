/** Keys that a state keeps are noticed in whatever form they are kept. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { concat, toHex, utf8 } from "../../protocols/bytes.ts"
import { failedChecks, keeping, type Mutation, xored } from "./mutants-fixture.ts"

const failures = (mutation: Mutation) => failedChecks("sender-keys", mutation, { forwardSecrecy: true })
const hex = (key: Uint8Array): string => toHex(key)
const bits = (key: Uint8Array): number[] =>
  [...key].flatMap((byte) => [...byte.toString(2).padStart(8, "0")].map(Number))

describe("old chain keys that members keep, written in another way, are read by the derivations:", () => {
  const forms: Record<string, (key: Uint8Array) => unknown> = {
    "as they are": (key) => key,
    "a buffer": (key) => key.slice().buffer,
    "behind the end of a byte string": (key) => concat(new Uint8Array(8), key).subarray(0, 8),
    hexadecimal: hex,
    "capital hexadecimal": (key) => hex(key).toUpperCase(),
    "hexadecimal with colons": (key) => (hex(key).match(/../g) ?? []).join(":"),
    "hexadecimal inside other text": (key) => `kept:${hex(key)}/old`,
    "base 64": (key) => Buffer.from(key).toString("base64"),
    "base 64 for addresses": (key) => Buffer.from(key).toString("base64url"),
    "code units": (key) => String.fromCharCode(...key),
    "pairs of bytes as code units": (key) => Buffer.from(key).toString("utf16le"),
    "a list of bytes": (key) => [...key],
    "signed bytes": (key) => [...new Int8Array(key)],
    "a list of bytes as JSON": (key) => JSON.stringify([...key]),
    "words of 16 bits": (key) => [...new Uint16Array(key.slice().buffer)],
    "words of 32 bits": (key) => [...new Uint32Array(key.slice().buffer)],
    "signed words": (key) => [...new Int32Array(key.slice().buffer)],
    "words of 32 bits in the other order": (key) =>
      [0, 4, 8, 12, 16, 20, 24, 28].map((at) => Buffer.from(key).readUInt32BE(at)),
    doubles: (key) => [...new Float64Array(key.slice().buffer)],
    "an array of words": (key) => new Uint32Array(key.slice().buffer),
    "a large integer": (key) => BigInt(`0x${hex(key)}`),
    "a large integer in the other order": (key) => BigInt(`0x${hex(key.toReversed())}`),
    "two large integers": (key) => [
      BigInt(`0x${hex(key.subarray(0, 16))}`),
      BigInt(`0x${hex(key.subarray(16))}`),
    ],
    bits,
    "truth values": (key) => bits(key).map(Boolean),
    "undefined and null": (key) => bits(key).map((bit) => (bit === 1 ? null : undefined)),
    "the lengths of lists": (key) => [...key].map((byte) => new Array(byte).fill(0)),
    halves: (key) => ({ first: key.slice(0, 16), second: key.slice(16) }),
    "halves the wrong way round": (key) => ({ second: key.slice(16), first: key.slice(0, 16) }),
    "halves far apart": (key) => [[[key.slice(0, 16)]], { deep: { er: key.slice(16) } }],
    "quarters as text": (key) => [0, 8, 16, 24].map((at) => hex(key.subarray(at, at + 8))),
    "pairs as text": (key) => hex(key).match(/..../g),
    "pieces of any length": (key) => [key.slice(0, 5), key.slice(5, 19), key.slice(19)],
    "pieces of any length the wrong way round": (key) => [key.slice(19), key.slice(5, 19), key.slice(0, 5)],
    "a number each in records with another": (key) => [...key].map((byte, at) => ({ at, byte })),
    "a number each with another thing between": (key) =>
      Object.fromEntries(
        [...key].flatMap((byte, at) => [
          [`here${at}`, byte],
          [`there${at}`, { at }],
        ]),
      ),
    "a number each in records": (key) => [...key].map((byte) => ({ byte })),
    "a number each, one inside the other": (key) =>
      [...key].reduceRight<unknown[]>((rest, byte) => [byte, rest], []),
    "names of properties": (key) => ({ [hex(key)]: true }),
    "keys of maps": (key) => new Map([[key, 1]]),
    "members of sets": (key) => new Set([hex(key)]),
  }
  for (const [name, form] of Object.entries(forms))
    test(name, async () => {
      const { forwardSecrecy } = await failures(keeping(form))
      assert.ok((forwardSecrecy?.finding.derivable ?? 0) > 0)
      assert.equal(forwardSecrecy?.finding.opened, 0)
    })
})

describe("old chain keys in a disguise that nobody can guess are bytes that no operation made:", () => {
  const disguises: Record<string, (key: Uint8Array) => unknown> = {
    masked: xored,
    "masked with text": (key) => key.map((byte, index) => byte ^ (utf8("mask")[index % 4] as number)),
    "added to": (key) => key.map((byte, index) => byte + index),
    backwards: (key) => key.toReversed(),
    "rotated by a bit": (key) => key.map((byte, at) => (byte << 1) | ((key[(at + 1) % 32] as number) >> 7)),
    "with the halves of bytes swapped": (key) => key.map((byte) => (byte << 4) | (byte >> 4)),
    "with words swapped": (key) => Buffer.from(key).swap32(),
    "mixed with zeros": (key) =>
      Uint8Array.from({ length: 64 }, (_, at) => (at % 2 ? 0 : (key[at / 2] as number))),
    "masked, as hexadecimal": (key) => hex(xored(key)),
    "masked, as base 64": (key) => Buffer.from(xored(key)).toString("base64"),
    "masked, as numbers": (key) => [...xored(key)],
    "masked, a number each in records": (key) => [...xored(key)].map((byte) => ({ byte })),
    "masked, as a large integer": (key) => BigInt(`0x${hex(xored(key))}`),
    "masked, as bits": (key) => bits(xored(key)).map(Boolean),
    "masked, in pieces": (key) => ({ a: xored(key).slice(0, 7), b: [{ c: xored(key).slice(7, 14) }] }),
    "numbers with their places": (key) => [...key].map((byte, at) => 256 * at + byte),
    "another base": (key) => BigInt(`0x${hex(key)}`).toString(36),
    "percent signs": (key) => hex(key).replaceAll(/../g, "%$&"),
    "the lengths of texts": (key) => [...key].map((byte) => "x".repeat(byte)),
    "which properties there are": (key) =>
      Object.fromEntries(bits(key).flatMap((bit, at) => (bit === 1 ? [[`bit${at}`, true]] : []))),
  }
  for (const [name, disguise] of Object.entries(disguises))
    test(name, async () => {
      const { everyByteIsAccountedFor } = await failures(keeping(disguise))
      assert.match(
        everyByteIsAccountedFor?.finding.flaw ?? "",
        /^m00\d's state.* bytes .*that no operation made/,
      )
    })
})

describe("a state in which something cannot be looked into is refused:", () => {
  const refused: Record<string, (key: Uint8Array) => unknown> = {
    "a function": (key) => () => key,
    "a symbol as a value": (key) => Symbol(hex(key)),
    "something inside itself": (key) => {
      const ring: unknown[] = [key]
      ring.push(ring)
      return ring
    },
    "a Date": (key) => new Date(Buffer.from(key).readUInt32BE()),
    "a RegExp": (key) => new RegExp(hex(key)),
    "an Error": (key) => new Error(hex(key)),
    "a Number": (key) => new Number(key[0]),
    "an array with gaps": (key) => Object.assign([], { [key[0] as number]: 1 }),
    "an array with properties": (key) => Object.assign([], { key }),
    "a byte string with properties": (key) => Object.assign(new Uint8Array(1), { key }),
    "a map with properties": (key) => Object.assign(new Map(), { key }),
    "a hidden property": (key) => Object.defineProperty({}, "key", { value: key }),
    "a computed property": (key) => Object.defineProperty({}, "key", { get: () => key, enumerable: true }),
    "a symbol": (key) => ({ [Symbol("key")]: key }),
    "a record of a class": (key) =>
      new (class Keeper {
        key = key
      })(),
  }
  for (const [name, form] of Object.entries(refused))
    test(name, async () => {
      const { everyByteIsAccountedFor } = await failures(keeping(form))
      assert.match(everyByteIsAccountedFor?.finding.flaw ?? "", /^m00\d's state\.attic.*plain data/)
    })

  test("what is promised to fail does not pass either", async () => {
    const failed = await failedChecks(
      "sender-keys",
      keeping(() => new Date(0)),
      { healsAfterOwnUpdate: false },
    )
    assert.match(failed.healsAfterOwnUpdate?.finding.flaw ?? "", /plain data/)
  })
})
