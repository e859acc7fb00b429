import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { type Crossover, crossoversOf, type Pair, type Stretch, stretchesOf } from "./crossover.ts"
import type { Study } from "./cycle.ts"
import { toDocument } from "./document.ts"
import { exampleBlock, exampleCount, exampleHeader } from "./example.ts"
import type { Operation, ResultRecord } from "./schema.ts"
import type { ClaimedCost, Growing, Theory } from "./theory.ts"

/** Of one operation, by group size. */
type Cost = (n: number) => number
type Protocol = { readonly message: Cost; readonly heal: Cost }

const SIZES = [4, 8, 16, 32]
const PAIR: Pair = ["broadcasting", "fan-out"]
/** 1 and n² against n and 1: with r messages for each heal, r + n² against rn + 1. */
const CHEAP_MESSAGE: Protocol = { message: () => 1, heal: (n) => n ** 2 }
const CHEAP_HEAL: Protocol = { message: (n) => n, heal: () => 1 }

/** Messages, bytes and times all cost the same; in block b times are (1 + noise · b) as high for the second. */
function recordsOf(protocols: readonly [Protocol, Protocol], { sizes = SIZES, blocks = 0, noise = 0 } = {}) {
  const records: ResultRecord[] = [exampleHeader({ protocols: [...PAIR] })]
  protocols.forEach((costs, index) => {
    for (const operation of ["message", "heal"] as const) {
      for (const groupSize of sizes) {
        const cell = { protocol: PAIR[index] as string, operation, groupSize }
        const cost = costs[operation](groupSize)
        records.push(exampleCount(cell, { twoParty: cost, broadcasts: 0, bytesUploaded: cost }))
        for (let block = 0; block < blocks; block++) {
          records.push(exampleBlock(block, cell, { groupNs: cost * (1 + index * noise * block) }))
        }
      }
    }
  })
  return records
}

const NO_THEORY: Theory = () => undefined
const studyOf = (records: readonly ResultRecord[], messagesPerHeal: number, theory = NO_THEORY): Study => ({
  cells: toDocument(records).cells,
  blocks: records.filter((record) => record.kind === "block"),
  theory,
  messagesPerHeal,
})

const theoryOf =
  (protocols: readonly [Protocol, Protocol]): Theory =>
  ({ protocol, operation }) =>
    claimed(protocols[PAIR.indexOf(protocol)] as Protocol, operation)

function claimed(costs: Protocol, operation: Operation): ClaimedCost | undefined {
  if (operation !== "message" && operation !== "heal") return undefined
  const counts = [{ measure: "twoParty", of: "messages", formula: "as given", at: costs[operation] } as const]
  return { from: 2, counts, growth: { messages: "n²", bytes: "n²", cpu: "n²" } }
}

const answer = (study: Study, measure: Growing): Crossover =>
  crossoversOf(study, PAIR, measure)[0] as Crossover
const written = (stretches: readonly Stretch[] | null) =>
  stretches?.map(({ from, to, cheaper }) => `${from}..${to} ${cheaper ?? "neither"}`)

test("with 10 messages for each heal, cheap messages pay for dear heals from 2 to 8: 10 + n² against 10n + 1", () => {
  const protocols = [CHEAP_MESSAGE, CHEAP_HEAL] as const
  const found = answer(studyOf(recordsOf(protocols), 10, theoryOf(protocols)), "messages")
  assert.deepEqual(
    [found.basis, found.blocks, found.medians, found.extrapolated],
    ["formulas", null, null, []],
  )
  assert.deepEqual(written(found.stretches), ["2..8 broadcasting", "9..9 neither", "10..1024 fan-out"])
})

test("without formulas it is the same where the costs are powers of n, within the measured sizes", () => {
  for (const measure of ["messages", "bytes"] as const) {
    const { basis, stretches, extrapolated } = answer(
      studyOf(recordsOf([CHEAP_MESSAGE, CHEAP_HEAL]), 10.5),
      measure,
    )
    assert.equal(basis, "counts")
    assert.deepEqual(written(stretches), ["4..9 broadcasting", "10..32 fan-out"]) // 10.5 + 81 < 10.5 · 9 + 1
    assert.deepEqual(written(extrapolated), ["33..1024 fan-out"])
  }
})

test("a formula that does not hold is not used", () => {
  const protocols = [CHEAP_MESSAGE, CHEAP_HEAL] as const
  const wrong = theoryOf([CHEAP_MESSAGE, { ...CHEAP_HEAL, heal: () => 2 }])
  assert.equal(answer(studyOf(recordsOf(protocols), 10, wrong), "messages").basis, "counts")
})

test("who crosses only beyond the largest size is said to do so by extrapolation", () => {
  const found = answer(studyOf(recordsOf([CHEAP_MESSAGE, CHEAP_HEAL]), 100), "bytes")
  assert.deepEqual(written(found.stretches), ["4..32 broadcasting"])
  assert.deepEqual(written(found.extrapolated), [
    "33..98 broadcasting",
    "99..99 neither",
    "100..1024 fan-out",
  ])
})

test("without any message between heals the heal alone decides", () => {
  const found = answer(studyOf(recordsOf([CHEAP_MESSAGE, CHEAP_HEAL]), 0), "bytes")
  assert.deepEqual(written(found.stretches), ["4..32 fan-out"])
})

test("equal costs have no winner", () => {
  const found = answer(studyOf(recordsOf([CHEAP_HEAL, CHEAP_HEAL]), 10), "bytes")
  assert.deepEqual(written(found.stretches), ["4..32 neither"])
})

test("times that agree in all blocks cross where the costs do", () => {
  const records = recordsOf([CHEAP_MESSAGE, CHEAP_HEAL], { blocks: 6 })
  const { suite, basis, blocks, stretches, medians } = answer(studyOf(records, 10.5), "cpu")
  assert.deepEqual([suite, basis, blocks], ["noble", "times", 6])
  assert.deepEqual(written(stretches), ["4..9 broadcasting", "10..32 fan-out"])
  assert.deepEqual(medians, stretches)
})

test("where blocks disagree it is undecided, and the medians are told apart", () => {
  const records = recordsOf([CHEAP_MESSAGE, CHEAP_HEAL], { blocks: 6, noise: 0.2 })
  const { stretches, medians } = answer(studyOf(records, 10.5), "cpu")
  // From the block without noise to the one with twice the cost: n² + 10.5 = 10.5n + 1, and = 21n + 2
  assert.deepEqual(written(stretches), ["4..9 broadcasting", "10..20 neither", "21..32 fan-out"])
  assert.equal(medians?.length, 2)
  const flip = medians?.[1]?.from ?? 0
  assert.ok(flip > 10 && flip < 21)
})

test("a block that lacks a size takes no part, a suite without times has no answer", () => {
  const records = recordsOf([CHEAP_MESSAGE, CHEAP_HEAL], { blocks: 2 })
  const lacking = records.filter(
    (record) => record.kind !== "block" || record.block === 0 || record.groupSize !== 8,
  )
  assert.equal(answer(studyOf(lacking, 10), "cpu").blocks, 1)
  assert.deepEqual(crossoversOf(studyOf(recordsOf([CHEAP_HEAL, CHEAP_HEAL]), 10), PAIR, "cpu"), [])
})

test("one size makes no curve, and a heal that does not heal is no size", () => {
  const records = recordsOf([CHEAP_MESSAGE, CHEAP_HEAL], { sizes: [4, 8] })
  const unhealed = records.map((record) =>
    record.kind === "count" && record.groupSize === 8 && record.healing
      ? { ...record, healing: { ...record.healing, healed: false } }
      : record,
  )
  assert.equal(crossoversOf(studyOf(records, 10), PAIR, "bytes").length, 1)
  assert.deepEqual(crossoversOf(studyOf(unhealed, 10), PAIR, "bytes"), [])
})

test("stretches cover every size once, and the answer flips exactly where one ends", () => {
  const answers = fc.array(fc.constantFrom("a", "b", null), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(answers, fc.nat(9), (cheaper, from) => {
      const at = (n: number) => cheaper[n - from] as string | null
      const found = stretchesOf(at, from, from + cheaper.length - 1)
      const sizes = found.flatMap((own) =>
        Array.from({ length: own.to - own.from + 1 }, (_, i) => own.from + i),
      )
      assert.deepEqual(
        sizes,
        cheaper.map((_, index) => from + index),
      )
      for (const own of found) for (let n = own.from; n <= own.to; n++) assert.equal(own.cheaper, at(n))
      for (const [index, own] of found.slice(1).entries()) assert.notEqual(own.cheaper, found[index]?.cheaper)
    }),
  )
})

test("by formulas, the answer is that of the two sums at every size", () => {
  const coefficients = fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9))
  const protocols = fc.record({ message: coefficients, heal: coefficients })
  fc.assert(
    fc.property(protocols, protocols, fc.nat(200), (one, other, perHeal) => {
      const cost =
        ([c2, c1, c0]: readonly number[]): Cost =>
        (n) =>
          (c2 as number) * n * n + (c1 as number) * n + (c0 as number)
      const [a, b] = [one, other].map(({ message, heal }) => ({
        message: cost(message),
        heal: cost(heal),
      })) as [Protocol, Protocol]
      const { stretches } = answer(
        studyOf(recordsOf([a, b], { sizes: [4] }), perHeal, theoryOf([a, b])),
        "messages",
      )
      const sum = ({ message, heal }: Protocol, n: number) => perHeal * message(n) + heal(n)
      for (const { from, to, cheaper } of stretches) {
        for (const n of [from, to]) {
          const difference = sum(a, n) - sum(b, n)
          assert.equal(cheaper, difference === 0 ? null : PAIR[difference < 0 ? 0 : 1])
        }
      }
    }),
    { numRuns: 50 },
  )
})
