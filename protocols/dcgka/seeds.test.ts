/** The derivations: what follows from what, what does not, and what is gone afterwards. */
import assert from "node:assert/strict"
import { hkdfSync } from "node:crypto"
import { test } from "node:test"
import { exactly, key32, toHex } from "../bytes.ts"
import { createNativeSuite } from "../crypto/native.ts"
import { seededRandom, seedRandom } from "../crypto/seeded.ts"
import type { KeyPair } from "../crypto/suite.ts"
import { messageKey } from "./ids.ts"
import { commitmentTo, processAck, processAdd, processAddAck, processSeed, sendingChainKey } from "./seeds.ts"
import { newGroup } from "./state.ts"

const suite = createNativeSuite(seededRandom(seedRandom(1, "seeds")))
const SIGNING = {} as KeyPair
const SEED = key32(new Uint8Array(32).fill(7))
const members = ["a", "b", "c"].map((id) => ({ id, signingKey: key32(new Uint8Array(32)) }))
const UPDATE = { author: "a", seq: 4 }

const groupOf = (self = "b", groupByte = 1) =>
  newGroup(exactly(new Uint8Array(16).fill(groupByte), 16), self, SIGNING, members)
const hex = (key: Uint8Array | undefined): string => toHex(key ?? new Uint8Array())

test("a seed gives each member but its author a secret of its own, and the author its update secret", () => {
  const group = groupOf()
  const secret = processSeed(group, suite, UPDATE, SEED)
  const secrets = group.memberSecrets.get(messageKey(UPDATE))
  assert.deepEqual([...(secrets?.keys() ?? [])], ["b", "c"])
  const all = [...(secrets?.values() ?? []), secret, group.ratchets.get("a"), SEED].map(hex)
  assert.equal(new Set(all).size, all.length)
})

test("all of it depends on the group, the message and the member", () => {
  const secretOf = (group = groupOf(), message = UPDATE) => hex(processSeed(group, suite, message, SEED))
  const outcomes = [
    secretOf(),
    secretOf(groupOf("b", 2)),
    secretOf(groupOf(), { author: "a", seq: 5 }),
    secretOf(groupOf(), { author: "c", seq: 4 }),
  ]
  assert.equal(new Set(outcomes).size, outcomes.length)
  assert.equal(secretOf(groupOf("c")), secretOf(), "but not on whose state it is")
})

test("the steps of a chain are HKDF with the chain as salt: computed once more, by another implementation", () => {
  const group = groupOf()
  const message = { author: "a", seq: 5 }
  const label = Buffer.from("dcgka-bench dcgka update ratchet v1\0")
  const info = Buffer.concat([
    label,
    Buffer.from([10, 16]),
    group.groupId,
    Buffer.from([18, 1]),
    Buffer.from("a"),
  ])
  const step = (chain: Uint8Array, input: string) => {
    const derived = Buffer.from(hkdfSync("sha256", Buffer.from(input), chain, info, 64))
    return [derived.subarray(0, 32), derived.subarray(32)] as const
  }
  const [welcome, between] = step(new Uint8Array(32), "welcome")
  const [secret, after] = step(between, "add")
  assert.equal(hex(processAdd(group, suite, message, "d")), hex(secret))
  assert.equal(hex(group.memberSecrets.get(messageKey(message))?.get("d")), hex(welcome))
  assert.equal(hex(group.ratchets.get("a")), hex(after))
})

test("a secret commits to itself, its message and its group, and shows none of it", () => {
  const of = (group = groupOf(), message = UPDATE, secret = SEED) =>
    hex(commitmentTo(group, suite, message, secret))
  const others = [
    of(groupOf("b", 2)),
    of(groupOf(), { author: "a", seq: 5 }),
    of(groupOf(), UPDATE, key32(new Uint8Array(32))),
  ]
  assert.ok(!others.includes(of()))
  assert.equal(of(groupOf("c")), of())
})

test("a member secret serves once, and then there is no trace of it", () => {
  const group = groupOf()
  processSeed(group, suite, UPDATE, SEED)
  assert.ok(processAck(group, suite, "c", UPDATE, undefined))
  assert.equal(processAck(group, suite, "c", UPDATE, undefined), undefined)
  assert.ok(processAck(group, suite, "b", UPDATE, undefined))
  assert.equal(group.memberSecrets.size, 0)
})

test("an acknowledgement without a secret leaves the chain as it is; a forwarded one steps it", () => {
  const group = groupOf()
  const before = group.ratchets.get("c")
  assert.equal(processAck(group, suite, "c", UPDATE, undefined), undefined)
  assert.equal(group.ratchets.get("c"), before)
  assert.ok(processAck(group, suite, "c", UPDATE, SEED))
  assert.notEqual(hex(group.ratchets.get("c")), hex(before))
})

test("two updates step a chain in its owner's order: each step goes into the next", () => {
  const [one, other] = [groupOf(), groupOf()]
  const [first, second] = [UPDATE, { author: "c", seq: 1 }]
  for (const message of [first, second]) {
    processSeed(one, suite, message, SEED)
    processSeed(other, suite, message, SEED)
  }
  const inOrder = [first, second].map((message) => hex(processAck(one, suite, "b", message, undefined)))
  const reversed = [second, first].map((message) => hex(processAck(other, suite, "b", message, undefined)))
  assert.ok(inOrder.every((secret) => !reversed.includes(secret)))
})

test("neither the next chain nor an old one follows from an update secret or its sending chain: all are apart", () => {
  const group = groupOf()
  const chains = [hex(group.ratchets.get("a"))]
  const secret = processSeed(group, suite, UPDATE, SEED)
  chains.push(hex(group.ratchets.get("a")))
  assert.ok(secret !== undefined)
  const apart = [...chains, hex(secret), hex(sendingChainKey(group, suite, secret))]
  assert.equal(new Set(apart).size, apart.length)
})

test("what is kept shares no memory with what is handed out", () => {
  const group = groupOf()
  const secret = processSeed(group, suite, UPDATE, SEED)
  assert.equal(group.ratchets.get("a")?.buffer.byteLength, 32)
  assert.equal(secret?.buffer.byteLength, 32)
})

test("an addition steps its author's chain twice: the newcomer's first secret, then the author's", () => {
  const group = groupOf()
  const message = { author: "a", seq: 5 }
  const secret = processAdd(group, suite, message, "d")
  const newcomers = group.memberSecrets.get(messageKey(message))?.get("d")
  assert.equal(new Set([secret, newcomers, group.ratchets.get("a")].map(hex)).size, 3)
  assert.ok(processAck(group, suite, "d", message, undefined))
  assert.equal(group.memberSecrets.size, 0)
})

test("whose chain is not known here, nothing follows for", () => {
  const group = groupOf()
  group.ratchets.delete("a")
  assert.equal(processSeed(group, suite, UPDATE, SEED), undefined)
  assert.equal(processAdd(group, suite, { author: "a", seq: 5 }, "d"), undefined)
  assert.equal(group.ratchets.has("d"), false, "nor what it begins")
  assert.equal(processAddAck(group, suite, "a", undefined), undefined)
  assert.ok(processAddAck(group, suite, "a", SEED), "until it is given")
})
