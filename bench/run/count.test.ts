/** The counts against the formulas that theory gives. Against the bytes themselves: `split.test.ts`. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { noOperations } from "../../protocols/crypto/counting.ts"
import type { SuiteOperation } from "../../protocols/crypto/suite.ts"
import { type Competitor, DEFAULT_SETTINGS, registry } from "../../protocols/registry.ts"
import type { Exact, Operation } from "../../results/schema.ts"
import { type ComplexityClass, fitComplexity } from "../../results/stats/complexity.ts"
import { differencesIn } from "../../results/theory.ts"
import { NATIVE } from "../sim/fixture.ts"
import { inTurn } from "../sim/in-turn.ts"
import { operationsOf } from "../sim/operations.ts"
import { theoryOf } from "../theory/theory.ts"
import { type Counted, countAll } from "./count.ts"
import type { Laboratory } from "./count-group.ts"
import { replayCount } from "./fixture.ts"

/** What a removed member does; it is no recipient. */
const BY_THE_REMOVED: Readonly<Record<string, Partial<Exact["primitives"]["group"]>>> = {
  dcgka: { verify: 1 }, // of the message that removes it
  mls: { hmac: 5, openGcm: 2, edVerify: 2 }, // of the commit that removes it: who sent it, what it says, two signatures
}

/**
 * Packets of a heal to or from the victim that its copy opens: the first two rounds of a Double Ratchet; where nobody
 * noticed, all of the first two renewals, and what the victim is told in the third.
 */
function readableIn({ healing }: Competitor, n: number): number {
  if (healing[0] === "period-passes") return 5 * (n - 1)
  return healing[0] === "victim-ratchets-channels" ? 2 * (n - 1) : 0
}

const FIT_SIZES = [2, 3, 4, 5, 8, 13, 16]
const PAYLOAD = new Uint8Array(32)

/** Every operation of every competitor at every size, counted once. */
const counted = new Map<string, Counted>()
const laboratories = new Map<string, Laboratory>()
for (const competitor of registry) {
  const { createSuite, seed } = NATIVE
  const laboratory = { competitor, settings: DEFAULT_SETTINGS, seed, createSuite, recipientsTimed: 2 }
  laboratories.set(competitor.name, laboratory)
  for (const groupSize of FIT_SIZES) {
    const all = await countAll(laboratory, {
      groupSize,
      operations: operationsOf(competitor),
      payload: PAYLOAD,
    })
    for (const [operation, result] of all) counted.set(`${competitor.name} ${operation} ${groupSize}`, result)
  }
}

const countOf = (name: string, operation: Operation, n: number): Counted =>
  counted.get(`${name} ${operation} ${n}`) as Counted

for (const competitor of registry) {
  const { name } = competitor

  for (const operation of operationsOf(competitor)) {
    test(`${name}: ${operation} takes as many messages, rounds and public-key calls as the protocol claims`, () => {
      const cells = FIT_SIZES.map((groupSize) => {
        const { exact } = countOf(name, operation, groupSize)
        return { protocol: name, channel: competitor.channel, operation, groupSize, exact }
      })
      assert.deepEqual(differencesIn(cells, theoryOf(DEFAULT_SETTINGS)), [])
    })
  }

  test(`${name}: the group's operations are the initiator's, the recipients' and the newcomer's`, () => {
    for (const operation of operationsOf(competitor)) {
      const { exact, recording } = countOf(name, operation, 8)
      for (const part of [exact.primitives, exact.primitiveBytes as Exact["primitives"]]) {
        const { group, initiator, recipientMean, recipientMax, newcomer = {} } = part
        for (const [primitive, total] of Object.entries(group)) {
          const [own, mean, max] = [initiator, recipientMean, recipientMax].map((c) => c[primitive] as number)
          const parts = (own ?? 0) + (mean ?? 0) * recording.recipientCount + (newcomer[primitive] ?? 0)
          const removed = operation === "remove" ? BY_THE_REMOVED[name]?.[primitive] : undefined
          if (removed !== undefined && part === exact.primitiveBytes) assert.ok(parts < total)
          else assert.ok(Math.abs(parts + (removed ?? 0) - total) < 1e-6, `${operation}: ${primitive}`)
          assert.ok((mean ?? 0) <= (max ?? 0))
        }
      }
    }
  })

  test(`${name}: the sampled recipients stand for all, within a few percent of the group's public-key work`, async () => {
    for (const operation of operationsOf(competitor)) {
      const { exact, recording } = countOf(name, operation, 16)
      assert.equal(recording.recipients.length, 2)
      const publicKey = ({ keyPair = 0, dh = 0, sign = 0, verify = 0 }: Exact["primitives"]["group"]) =>
        keyPair + dh + sign + verify
      const replayed = async (member: Counted["recording"]["initiator"]) =>
        publicKey(await replayCount(competitor.protocol(DEFAULT_SETTINGS), member))
      const replays = await inTurn(recording.recipients, replayed)
      const sample = replays.reduce((sum, value) => sum + value, 0) / 2
      const newcomer = recording.newcomer === undefined ? 0 : await replayed(recording.newcomer)
      const predicted = (await replayed(recording.initiator)) + recording.recipientCount * sample + newcomer
      const actual = publicKey(exact.primitives.group)
      assert.ok(Math.abs(predicted - actual) <= 0.03 * actual, `${operation}: ${predicted} for ${actual}`)
    }
  })

  test(`${name}: the heal is seen to heal, after its last readable message to or from the victim`, () => {
    for (const n of FIT_SIZES) {
      const { healing } = countOf(name, "heal", n)
      const firstSafeRound = competitor.healing.length
      const readableMessages = readableIn(competitor, n)
      const expected = { healed: true, readableMessages, firstSafeRound, judged: n, derivable: 0 }
      assert.deepEqual(healing, expected, `n = ${n}`)
    }
  })

  if (competitor.healingAfresh !== undefined) {
    test(`${name}: over fresh sessions nothing of the heal is read, at the price of a bundle for each other member`, () => {
      for (const n of FIT_SIZES) {
        const { exact, healing } = countOf(name, "heal-fresh", n)
        const firstSafeRound = competitor.healingAfresh?.length
        const expected = { healed: true, readableMessages: 0, firstSafeRound, judged: n, derivable: 0 }
        assert.deepEqual(healing, expected, `n = ${n}`)
        assert.equal(exact.prekeyBundles, n - 1)
      }
    })
  }

  test(`${name}: heal rounds that do not heal are reported as not healed`, async () => {
    const laboratory = laboratories.get(name) as Laboratory
    const hasty = { ...laboratory, competitor: { ...competitor, healing: competitor.healing.slice(1) } }
    const programme = { groupSize: 4, operations: ["heal"] as const, payload: PAYLOAD }
    const { healing } = (await countAll(hasty, programme)).get("heal") as Counted
    assert.equal(healing?.healed, false)
    assert.equal(healing?.firstSafeRound, null)
    assert.ok((healing?.derivable ?? 0) > 0)
  })
}

test("who notices heals periodic Sender Keys as Sender Keys, in as many messages as those", async () => {
  const [plain, periodic] = ["sender-keys", "periodic-sender-keys"].map((name) => laboratories.get(name)) as [
    Laboratory,
    Laboratory,
  ]
  const competitor = { ...periodic.competitor, healing: plain.competitor.healing }
  const programme = { groupSize: 5, operations: ["heal"] as const, payload: PAYLOAD }
  const noticed = (await countAll({ ...periodic, competitor }, programme)).get("heal")
  assert.deepEqual(noticed?.healing, countOf("sender-keys", "heal", 5).healing)
  assert.equal(noticed?.exact.twoParty, 5 ** 2 + 5 - 2)
})

describe("growth, fitted to the counts and not asserted by formula:", () => {
  const cases: readonly (readonly [name: string, Operation, what: string, ComplexityClass])[] = [
    ["sender-keys", "create", "twoParty", "n²"],
    ["sender-keys", "heal", "twoParty", "n²"],
    ["sender-keys", "heal", "bytesUploaded", "n²"],
    ["sender-keys", "remove", "twoParty", "n²"],
    ["sender-keys", "add", "twoParty", "n"],
    ["sender-keys", "update", "bytesUploaded", "n"],
    ["sender-keys", "message", "bytesUploaded", "1"],
    ["sender-keys", "message", "bytesDelivered", "n"],
    ["periodic-sender-keys", "heal", "twoParty", "n²"],
    ["pairwise", "create", "twoParty", "n²"],
    ["pairwise", "heal", "twoParty", "n"],
    ["pairwise", "message", "bytesUploaded", "n"],
  ]
  for (const [name, operation, what, expected] of cases) {
    test(`${name} ${operation}: ${what} grows as ${expected}`, () => {
      const points = FIT_SIZES.slice(1).map((n) => {
        const exact = countOf(name, operation, n).exact
        return { x: n, y: exact[what as keyof Exact] as number }
      })
      const { best, verdict } = fitComplexity(points)
      assert.equal(best.class, expected)
      assert.equal(verdict, "decided")
    })
  }

  test("public-key operations of a heal: the whole group's grow as n², the victim's as n", () => {
    const points = (who: "group" | "initiator", primitive: SuiteOperation) =>
      FIT_SIZES.slice(1).map((n) => {
        const { primitives } = countOf("sender-keys", "heal", n).exact
        return { x: n, y: primitives[who][primitive] as number }
      })
    assert.equal(fitComplexity(points("group", "encryptCbc")).best.class, "n²")
    assert.equal(fitComplexity(points("initiator", "encryptCbc")).best.class, "n")
    assert.equal(fitComplexity(points("initiator", "dh")).best.class, "n")
  })
})

test("one group message costs a sender and a reader of Sender Keys this much", () => {
  const none = noOperations()
  const { primitives } = countOf("sender-keys", "message", 5).exact
  assert.deepEqual(primitives.initiator, { ...none, hmac: 2, hkdf: 1, encryptCbc: 1, sign: 1 })
  assert.deepEqual(primitives.recipientMax, { ...none, hmac: 2, hkdf: 1, decryptCbc: 1, verify: 1 })
  assert.deepEqual(primitives.recipientMean, primitives.recipientMax)
})

test("notices and prekey bundles are counted apart: an add fetches one bundle a member, or one without channels", () => {
  for (const { name, channel } of registry) {
    const { notices, prekeyBundles, prekeyBundleBytes } = countOf(name, "add", 5).exact
    const announced = name === "dcgka" || name === "mls" ? 0 : 1 // their own messages tell of the change
    const fetched = channel === "none" ? 1 : 5
    assert.deepEqual([notices, prekeyBundles], [announced, fetched])
    assert.ok(prekeyBundleBytes > fetched * 64)
    const { exact } = countOf(name, "heal", 5)
    assert.deepEqual([exact.notices, exact.prekeyBundles], [0, 0], "session set-up is no part of a heal")
  }
})
