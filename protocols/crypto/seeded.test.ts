import assert from "node:assert/strict"
import { test } from "node:test"
import { sha256 } from "@noble/hashes/sha2.js"
import { concat, toHex, utf8 } from "../bytes.ts"
import { countingSuite, noOperations } from "./counting.ts"
import { createNativeSuite } from "./native.ts"
import { seededRandom, seedRandom } from "./seeded.ts"

const draw = (seed: number, label: string, ...lengths: number[]) => {
  const random = seededRandom(seedRandom(seed, label))
  return lengths.map((length) => toHex(random(length)))
}

test("a seed and a label determine the sequence", () => {
  assert.deepEqual(draw(1, "alice", 32, 5, 64), draw(1, "alice", 32, 5, 64))
  const firsts = [draw(1, "alice", 32), draw(2, "alice", 32), draw(1, "bob", 32), draw(11, "lice", 32)]
  assert.equal(new Set(firsts.map(String)).size, 4)
})

test("a sequence never repeats, and gives the length that was asked for", () => {
  const drawn = draw(1, "alice", ...Array<number>(50).fill(32))
  assert.equal(new Set(drawn).size, 50)
  assert.deepEqual(
    draw(1, "alice", 0, 1, 31, 33, 64, 100).map((hex) => hex.length / 2),
    [0, 1, 31, 33, 64, 100],
  )
})

test("each block is the SHA-256 of the key and the block's number, 64 bits, big-endian", () => {
  const state = { ...seedRandom(1, "alice"), drawn: 2 ** 32 + 5 }
  const number = Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 5)
  assert.deepEqual(seededRandom(structuredClone(state))(32), sha256(concat(state.key, number)))
  assert.deepEqual(state.key, sha256(utf8(["dcgka-bench random v1", 1, "alice"].join("\0"))))
})

test("the state is plain data: a copy goes on alike, the original does not notice", () => {
  const state = seedRandom(1, "alice")
  seededRandom(state)(40)
  const copy = structuredClone(state)
  const ahead = toHex(seededRandom(copy)(32))
  assert.equal(toHex(seededRandom(state)(32)), ahead)
})

test("a counting suite counts each call that returned, and changes no result", () => {
  const counts = noOperations()
  const plain = createNativeSuite(seededRandom(seedRandom(1, "alice")))
  const counting = countingSuite(createNativeSuite(seededRandom(seedRandom(1, "alice"))), counts)
  const pair = counting.keyPair()
  assert.deepEqual(pair, plain.keyPair())
  assert.deepEqual(counting.sign(pair.secret, pair.public), plain.sign(pair.secret, pair.public))
  counting.hmac(pair.secret, pair.public)
  counting.hmac(pair.secret, pair.public)
  assert.throws(() => counting.dh(pair.secret, pair.public.fill(0)))
  assert.deepEqual(counts, { ...noOperations(), keyPair: 1, sign: 1, hmac: 2 })
})
