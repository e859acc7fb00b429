import assert from "node:assert/strict"
import { test } from "node:test"
import { withWaitShare } from "./run-queue.ts"

/** Gives the values in turn. */
const inTurn = <T>(...values: readonly T[]) => {
  const left = values[Symbol.iterator]()
  return () => left.next().value as T
}
const work = async () => "done"

test("the share is the time in the kernel's queue by the time that passed", async () => {
  const read = inTurn("500 1000 3", "900 1250 9")
  assert.deepEqual(await withWaitShare(work, read, inTurn(0, 1000)), {
    result: "done",
    runQueueWaitShare: 0.25,
  })
})

test("where the kernel does not count, nothing is said", async () => {
  assert.deepEqual(await withWaitShare(work, () => undefined, inTurn(0, 1000)), { result: "done" })
})

test("work that fails fails", async () => {
  const failing = async () => {
    throw new Error("it died")
  }
  await assert.rejects(withWaitShare(failing), /it died/)
})
