import assert from "node:assert/strict"
import { test } from "node:test"
import { DEFAULT_SETTINGS, registry } from "../../protocols/registry.ts"
import { claimedMessages } from "../../results/theory.ts"
import { claimedCost, theoryOf } from "./theory.ts"

const theory = theoryOf(DEFAULT_SETTINGS)

test("a heal of Sender Keys is claimed to take n(n − 1) + 2(n − 1) messages, of class n²", () => {
  const cost = theory({ protocol: "sender-keys", channel: "signal", operation: "heal" })
  assert.equal(cost && claimedMessages(cost, 128), 128 * 127 + 2 * 127)
  assert.equal(cost?.growth.messages, "n²")
})

test("a count that is not named is claimed to be 0, and calls without any formula are not claimed", () => {
  const growth = { bytes: "log n", work: "log n" } as const
  const { counts } = claimedCost({ broadcasts: "1", growth })
  assert.deepEqual(
    counts.map(({ measure, formula, at }) => [measure, formula, at(8)]),
    [
      ["twoParty", "0", 0],
      ["inBroadcasts", "0", 0],
      ["broadcasts", "1", 1],
      ["welcomes", "0", 0],
      ["deliveries", "0", 0],
      ["rounds", "0", 0],
    ],
  )
})

test("messages grow as the fastest growing kind of them", () => {
  const growth = { bytes: "n", work: "n" } as const
  assert.equal(claimedCost({ growth }).growth.messages, "1")
  assert.equal(claimedCost({ broadcasts: "n", welcomes: "1", growth }).growth.messages, "n")
  assert.equal(claimedCost({ twoParty: "n² − n", broadcasts: "n", growth }).growth.messages, "n²")
  const inside = { twoParty: "n² − n", inBroadcasts: "n² − n" } as const
  assert.equal(claimedCost({ ...inside, broadcasts: "1", growth }).growth.messages, "1")
})

test("nothing is claimed for a protocol that is unknown here, or over another channel", () => {
  assert.equal(theory({ protocol: "yours", channel: "signal", operation: "heal" }), undefined)
  for (const { name } of registry) {
    assert.equal(theory({ protocol: name, channel: "another", operation: "heal" }), undefined, name)
  }
})

test("nothing is claimed for a member that renews with its every message", () => {
  const hectic = theoryOf({ ...DEFAULT_SETTINGS, periodMessages: 1 })
  const claimant = { protocol: "periodic-sender-keys", channel: "signal", operation: "message" } as const
  assert.equal(hectic(claimant), undefined)
  assert.notEqual(theory(claimant), undefined)
})
