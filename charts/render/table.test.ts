import assert from "node:assert/strict"
import { test } from "node:test"
import { stripVTControlCharacters, styleText } from "node:util"
import fc from "fast-check"
import { toDocument } from "../../results/document.ts"
import {
  exampleBlock,
  exampleCount,
  exampleFailure,
  exampleHeader,
  examplePrices,
} from "../../results/example.ts"
import type { Operation, ResultDocument, ResultRecord } from "../../results/schema.ts"
import { summaryTable } from "./table.ts"

const PROTOCOLS: Readonly<Record<string, (n: number) => number>> = {
  "periodic-sender-keys": (n) => n * (n - 1),
  dcgka: (n) => n - 1,
  mls: () => 0,
}
const SIZES = [2, 4, 8, 16, 32, 64, 128]

type Shape = {
  readonly sizes: readonly number[]
  readonly blocks: number
  readonly operations: readonly Operation[]
}

function example({ sizes = SIZES, blocks = 5, operations = ["heal"] }: Partial<Shape> = {}): ResultDocument {
  const records: ResultRecord[] = [exampleHeader({ protocols: Object.keys(PROTOCOLS) })]
  for (const operation of operations) {
    for (const groupSize of sizes) {
      for (const [protocol, twoParty] of Object.entries(PROTOCOLS)) {
        const cell = { operation, groupSize, protocol }
        records.push(
          exampleCount(cell, { twoParty: twoParty(groupSize), broadcasts: protocol === "mls" ? 1 : 0 }),
        )
        const times = (block: number) => ({
          groupNs: 1e6 * (block + 1),
          recipients: groupSize - 1,
          recipientsTimed: Math.min(groupSize - 1, 16),
        })
        for (let block = 0; block < blocks; block++) records.push(exampleBlock(block, cell, times(block)))
      }
    }
  }
  return toDocument(records)
}

const plain = (document: ResultDocument, width = 120): string =>
  summaryTable(document, { color: "never", width })
const widest = (text: string): number => Math.max(...text.split("\n").map((line) => line.length))

test("a table of one size reads as it should", () => {
  const lines = plain(example({ sizes: [8], blocks: 1 }), 160).split("\n")
  assert.deepEqual(lines.slice(0, 7), [
    "dcgka-bench 0.1.0 (abc1234), run 20261123-0001, seed 1, 2026-11-23T12:00:00.000Z, unfinished",
    "Example CPU, 2 cores, Node 20.20.2, linux x64",
    "",
    "heal, suite noble: one member's whole state has been stolen: shut the thief out",
    "n  protocol              messages  broadcasts  deliveries  uploaded  delivered  healed  safe from  readable  initiator  recipient  group CPU",
    "8  periodic-sender-keys        56           0          63   1.50 kB    9.00 kB     yes    round 2         0    2.00 ms     100 µs    1.00 ms",
    "   dcgka                        7           0          63   1.50 kB    9.00 kB     yes    round 2         0    2.00 ms     100 µs    1.00 ms",
  ])
})

test("ciphertexts inside broadcasts, and what a server delivers that cannot split them, have columns where there are any", () => {
  const inside = { twoParty: 7, inBroadcasts: 7, broadcasts: 8, bytesDeliveredUnsplit: 30_000 }
  const text = plain(toDocument([exampleHeader(), exampleCount({ operation: "heal" }, inside)]), 160)
  assert.match(text, /messages +broadcasts +inside +deliveries +uploaded +delivered +unsplit/)
  assert.match(text, / 8 +8 +7 +63 +1\.50 kB +9\.00 kB +30\.0 kB/)
})

test("every heading of a count is explained below, and nothing that is not there", () => {
  const inside = { twoParty: 7, inBroadcasts: 7, broadcasts: 8 }
  const records = [exampleCount({ operation: "heal" }, inside), exampleCount({ operation: "update" })]
  const some = plain(toDocument([exampleHeader(), ...records]), 240)
  const none = plain(toDocument([exampleHeader(), exampleCount({ operation: "message" })]), 240)
  for (const heading of ["inside", "unsplit", "renewed", "healed", "safe from", "readable"]) {
    assert.ok(some.includes(`${heading}: `), heading)
    assert.ok(!none.includes(`${heading}: `), heading)
  }
  for (const heading of ["messages", "deliveries", "uploaded", "delivered"])
    assert.ok(none.includes(`${heading}: `), heading)
})

test("an update says how many members' secrets it renews", () => {
  const text = plain(
    toDocument([exampleHeader(), exampleCount({ operation: "update" }, { renewedSecrets: 0 })]),
    160,
  )
  assert.match(text, /messages +broadcasts +renewed +deliveries/)
})

test("it fits the width it is given, and no line ends in blanks", () => {
  fc.assert(
    fc.property(fc.integer({ min: 80, max: 240 }), (width) => {
      const text = plain(example({ operations: ["message", "heal"] }), width)
      // The two lines about the run are as long as the machine's name.
      assert.ok(widest(text.split("\n").slice(2).join("\n")) <= width)
      assert.doesNotMatch(text, / $/m)
    }),
    { numRuns: 20 },
  )
})

test("at 120 columns counts and times are two tables, each with its sizes and names", () => {
  const lines = plain(example()).split("\n")
  assert.equal(lines.filter((line) => /^ +n {2}protocol/.test(line)).length, 2)
  assert.equal(lines.filter((line) => /^128 {2}periodic-sender-keys/.test(line)).length, 2)
  assert.equal(lines.filter((line) => /^ *[\d]+ {2}\S/.test(line)).length, 2 * SIZES.length)
})

test("median and interval stand in one unit, and in columns", () => {
  const rows = plain(example())
    .split("\n")
    .filter((line) => line.includes("group CPU") || line.includes("["))
  assert.match(rows[1] ?? "", /3\.00 ms \[\d[\d.]*, \d[\d.]*\]$/)
  assert.equal(new Set(rows.slice(1, -1).map((row) => row.indexOf("["))).size, 1)
})

test("without blocks, or with one, there is no interval to show", () => {
  assert.match(plain(example({ blocks: 0 })), /No times were taken: counts only\./)
  const one = plain(example({ blocks: 1 }))
  assert.match(one, /over 1 block; one block has no interval/)
  assert.doesNotMatch(one, /\[/)
})

test("the method of the interval is named", () => {
  assert.match(
    plain(example({ blocks: 5 })).replace(/\s+/g, " "),
    /over 5 blocks; \[95 % interval\] by Student's t/,
  )
  assert.match(
    plain(example({ blocks: 6 })).replace(/\s+/g, " "),
    /over 6 blocks; \[95 % interval\] by order statistics/,
  )
})

test("a group time that was scaled up is marked and explained", () => {
  const large = plain(example({ sizes: [64] }))
  assert.match(large, /\]\*$/m)
  assert.match(large, /^\* not every recipient was timed/m)
  const small = plain(example({ sizes: [8] }))
  assert.doesNotMatch(small, /\*/)
})

test("who is removed is not waited for", () => {
  const records = [exampleHeader(), exampleCount({ operation: "remove" })]
  const removal = (recipientsTimed: number) =>
    exampleBlock(0, { operation: "remove" }, { recipients: 6, recipientsTimed })
  assert.doesNotMatch(plain(toDocument([...records, removal(6)])), /\*/)
  assert.match(plain(toDocument([...records, removal(5)])), /\*/)
})

test("growth is told for heal and for the others, not below 3 sizes", () => {
  const text = plain(example({ operations: ["update", "heal"] })).replace(/\s+/g, " ")
  assert.match(
    text,
    /messages grow as: periodic-sender-keys n\^2\.\d\d \([\d.]+ to [\d.]+\), class n²; dcgka n\^1\.\d\d \([\d.]+ to [\d.]+\), class n; mls constant/,
  )
  assert.match(text, /messages to heal grow as: periodic-sender-keys/)
  assert.doesNotMatch(plain(example({ sizes: [8, 16] })), /grow as/)
  assert.match(plain(example({ sizes: [4, 8, 16] })), /\(undecided\)/)
})

test("a heal that does not heal says so, in red where there is colour", () => {
  const count = {
    ...exampleCount(),
    healing: { healed: false, readableMessages: 12, firstSafeRound: null, judged: 8, derivable: 8 },
  }
  const document = toDocument([exampleHeader(), count])
  assert.match(plain(document), /no +never +12/)
  const coloured = summaryTable(document, { color: "always", width: 120 })
  assert.ok(coloured.includes(styleText("red", "    no", { validateStream: false })))
})

test("messages have a rate, other operations have not", () => {
  assert.match(plain(example({ operations: ["message"] })), /messages\/s/)
  assert.match(plain(example({ operations: ["message"] })), /333\/s/)
  assert.doesNotMatch(plain(example({ operations: ["add"] })), /messages\/s|healed/)
})

test("the efficiency has a column and a footnote where a block has it, and neither where none has", () => {
  const block = exampleBlock(0, {}, { efficiency: 0.8749 })
  const text = plain(toDocument([exampleHeader(), exampleCount(), block]))
  assert.match(text, /group CPU {2}efficiency\n.* 0\.87\n/)
  assert.match(text, /^efficiency: what the suite's operations take \(calls × price in place/m)
  assert.doesNotMatch(plain(example()), /efficiency/)
})

test("predicted times are marked, named after their device, and stand in no table with sampled ones", () => {
  const primitives = exampleCount().exact.primitives
  const records = (["heal", "add"] as const).map((operation) =>
    exampleCount({ operation }, { primitiveBytes: primitives, primitives: { ...primitives, newcomer: {} } }),
  )
  const header = { ...exampleHeader({ blocks: 0 }), prices: { ...examplePrices(), overheadShare: 0.2 } }
  const text = plain(toDocument([header, ...records]))
  assert.match(text, /^heal, predicted for Example phone: /m)
  assert.match(text, /≈ initiator {2}≈ recipient {2}≈ group CPU\n.* 350 µs {6}50\.0 µs {7}700 µs$/m)
  assert.match(text, /≈ group CPU {2}≈ newcomer\n.* 0 ns$/m)
  assert.match(text, /^≈ predicted, not measured: .* price list of Example phone; 20 % of the time for/m)
  assert.doesNotMatch(text, /suite noble|(?<!≈ )(initiator|group CPU) /)
})

test("a cell that calls what the price list lacks has no prediction, and a footnote says why", () => {
  const { hash: _, ...prices } = examplePrices().prices
  const calling = { group: { hash: 1 }, initiator: {}, recipientMean: {}, recipientMax: {} }
  const count = exampleCount({}, { primitives: calling, primitiveBytes: calling })
  const header = { ...exampleHeader({ blocks: 0 }), prices: { ...examplePrices(), prices } }
  const text = plain(toDocument([header, count]))
  assert.match(text, /^– where something was called that is not in that list: hash\.$/m)
})

test("failures come after the tables, each on its lines", () => {
  const records = [
    exampleHeader(),
    exampleCount(),
    exampleFailure({ block: 2 }),
    exampleFailure({ groupSize: 16 }),
  ]
  const text = plain(toDocument([...records, exampleFailure({ groupSize: 32, reason: "a\n  b" })]))
  assert.match(text, /^failed \(3\)/m)
  assert.match(text, /^heal, suite noble, n = 8, dcgka, block 2: ran out of memory$/m)
  assert.match(text, /^heal, suite noble, n = 16, dcgka, counting run: ran out of memory$/m)
  assert.match(text, /counting run: a b$/m)
})

test("a run without figures says so", () => {
  assert.match(plain(toDocument([exampleHeader()])), /No cell has figures yet\.$/)
})

test("colour changes no character of the text", () => {
  const document = example({ operations: ["message", "heal"] })
  const coloured = summaryTable(document, { color: "always", width: 120 })
  assert.notEqual(coloured, plain(document))
  assert.equal(stripVTControlCharacters(coloured).replace(/ +$/gm, ""), plain(document))
})
