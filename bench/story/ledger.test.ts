import assert from "node:assert/strict"
import { test } from "node:test"
import { toHex } from "../../protocols/bytes.ts"
import { secretsIn } from "../../protocols/dissection.ts"
import { protocolNamed, restingGroup } from "../sim/fixture.ts"
import { Ledger } from "./ledger.ts"

/** Fields that hold public keys, identifiers or signatures. */
const PUBLIC = new Set([
  ...["public", "signingKey", "ratchetKey", "baseKey", "identity", "ownIdentity", "peerIdentity"],
  ...["signature", "distributionId"],
])

/** Every byte string of a state that stands in a field without a public name. */
function secretBytes(value: unknown, name = ""): string[] {
  if (value instanceof Uint8Array) return PUBLIC.has(name) ? [] : [toHex(value)]
  if (value instanceof Map) return [...value.values()].flatMap((item) => secretBytes(item, name))
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => secretBytes(item, key))
}

test("every secret in a member's state is named, each once", async () => {
  const group = await restingGroup(protocolNamed("sender-keys"), 3)
  const { state } = group.member("m001")
  const named = secretsIn(state)
  assert.deepEqual(new Set(named.map(({ bytes }) => toHex(bytes))), new Set(secretBytes(state)))
  assert.equal(new Set(named.map(({ member, name }) => `${member} ${name}`)).size, named.length)
})

test("a secret is gained, moves on and is gone; what stays is not told again", async () => {
  const group = await restingGroup(protocolNamed("sender-keys"), 3)
  const { state } = group.member("m001")
  const ledger = new Ledger()
  const told = () =>
    ledger
      .changes("m001", state)
      .filter(({ name, member }) => member === "m000" && name.startsWith("sender chain"))
      .map(({ change }) => change)
  assert.deepEqual(told(), ["gained"])
  assert.deepEqual(told(), [])
  await group.act("m000", { kind: "send", plaintext: new Uint8Array() })
  assert.deepEqual(told(), ["moved"])
  await group.act("m000", { kind: "remove", member: "m002" })
  assert.deepEqual(told(), ["gone"])
})
