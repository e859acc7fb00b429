import assert from "node:assert/strict"
import { describe, test } from "node:test"
import type { Operation } from "../schema.ts"
import { dcgkaPrototype } from "./dcgka-prototype.ts"
import { type Counted, prototypeBytes, prototypeFields } from "./prototype-bytes.ts"

/** Messages of an operation in a group of n: everybody acknowledges, and the newcomer that it was added. */
const COUNTS: Partial<Record<Operation, (n: number) => Pick<Counted, "broadcasts" | "twoParty">>> = {
  create: (n) => ({ broadcasts: 1 + (n - 1), twoParty: n - 1 }),
  message: () => ({ broadcasts: 1, twoParty: 0 }),
  add: (n) => ({ broadcasts: 1 + (n - 1) + 1, twoParty: n }),
  remove: (n) => ({ broadcasts: 1 + (n - 2), twoParty: n - 2 }),
  update: (n) => ({ broadcasts: 1 + (n - 1), twoParty: n - 1 }),
}

function counted(operation: Operation, groupSize: number): Counted {
  const counts = COUNTS[operation]?.(groupSize)
  assert.ok(counts)
  return { operation, groupSize, ...counts }
}

describe("the byte model gives what the prototype sent, to the byte", () => {
  const traffic = dcgkaPrototype.figures.find(({ measure }) => measure === "bytesUploaded")
  for (const [operation, values] of Object.entries(traffic?.values ?? {})) {
    test(`${operation}, in groups of 8 to 128`, () => {
      const modelled = values.map(({ n }) => ({
        n,
        value: prototypeBytes(counted(operation as Operation, n)),
      }))
      assert.equal(modelled.length, 9)
      assert.deepEqual(modelled, values)
    })
  }
})

/** Of an update in a group of n, by purpose. */
const updateFields = (n: number) =>
  new Map(prototypeFields(counted("update", n)).map((sum) => [sum.field, sum]))

test("an update carries to each of the others a seed of 16 bytes and three fresh keys", () => {
  const fields = updateFields(32)
  assert.deepEqual(fields.get("seed"), { field: "seed", bytes: 31 * 16, times: 31 })
  for (const field of ["ephemeral key", "new secret key", "new public key"])
    assert.equal(fields.get(field)?.bytes, 31 * 32, field)
})

test("every message of an operation names its sender and carries a signature of two 32-byte values", () => {
  assert.deepEqual(updateFields(8).get("sender"), { field: "sender", bytes: 8 * 32, times: 8 })
  assert.equal(updateFields(8).get("signature")?.bytes, 8 * 64)
})

test("one recipient more costs an update 154 bytes of ciphertext, its length, and one acknowledgement", () => {
  assert.equal(prototypeBytes(counted("update", 32)) - prototypeBytes(counted("update", 31)), 154 + 2 + 162)
})

test("the history in a welcome grows with the square of the group", () => {
  const historyOf = (n: number) =>
    prototypeFields(counted("add", n)).find(({ field }) => field === "membership history")?.bytes
  assert.equal(historyOf(32), 32 * 32)
  assert.equal(historyOf(128), 128 * (64 + 2 * 64))
})

test("a heal is an update", () => {
  const update = counted("update", 16)
  assert.equal(prototypeBytes({ ...update, operation: "heal" }), prototypeBytes(update))
})
