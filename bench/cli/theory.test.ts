/** `complexity` and `crossover`, on results files of whole runs and on others. */
import assert from "node:assert/strict"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { type TestContext, test } from "node:test"
import { exampleCount, exampleHeader } from "../../results/example.ts"
import type { Operation, ResultRecord } from "../../results/schema.ts"
import { complexity } from "./complexity.ts"
import { crossover } from "./crossover.ts"
import { UsageError } from "./failure.ts"
import { dcgkaBench, linesOf, temporaryFolder } from "./spawned.ts"

function fileOf(t: TestContext, records: readonly ResultRecord[]): string {
  const file = join(temporaryFolder(t), "results.jsonl")
  writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(""))
  return file
}

/** Fan-out of 100 bytes for each message, and the same in a protocol that nobody here knows. */
function recordsOf(operations: readonly Operation[], sizes: readonly number[]): ResultRecord[] {
  const calls = (n: number) => ({ keyPair: n, dh: 2 * n })
  const cells = operations.flatMap((operation) => sizes.map((groupSize) => ({ operation, groupSize })))
  const counts = cells.flatMap(({ operation, groupSize }) => {
    const packets = (operation === "heal" ? 3 : 1) * (groupSize - 1)
    const exact = {
      ...{ twoParty: packets, broadcasts: 0, deliveries: packets, bytesUploaded: 100 * packets },
      rounds: operation === "heal" ? 3 : 1,
      primitives: {
        group: calls(packets),
        initiator: operation === "heal" ? calls(groupSize - 1) : {},
        recipientMax: calls(operation === "heal" ? 2 : 1),
        recipientMean: {},
      },
    }
    return ["pairwise", "yours"].map((protocol) =>
      exampleCount({ protocol, channel: "signal", operation, groupSize }, exact),
    )
  })
  return [exampleHeader({ protocols: ["pairwise", "yours"] }), ...counts]
}

test("complexity --json gives claims, verdicts and fits, and code 0 where all counts are as claimed", async (t) => {
  const file = fileOf(t, recordsOf(["message", "heal"], [4, 8, 16, 32]))
  const { code, stdout, stderr } = await dcgkaBench(["complexity", file, "--json"])
  assert.deepEqual([code, stderr], [0, ""])
  const { rows, differences } = JSON.parse(stdout)
  assert.deepEqual(differences, [])
  assert.equal(rows.length, 2 * 2 * 3)
  const [known, unknown] = ["pairwise", "yours"].map((name) =>
    rows.find(({ protocol }: { protocol: string }) => protocol === name),
  )
  assert.deepEqual([known.claimed, known.counts, known.fit.class], ["n", "as-claimed", "n"])
  assert.deepEqual([unknown.claimed, unknown.counts, unknown.fit.class], [null, "unclaimed", "n"])
})

test("complexity names the formula that does not hold, and ends with code 1", async (t) => {
  const records = recordsOf(["heal"], [4, 8])
  const more = records.map((record) =>
    record.kind === "count" ? { ...record, exact: { ...record.exact, rounds: 4 } } : record,
  )
  const { code, stdout, stderr } = await dcgkaBench(["complexity", fileOf(t, more)])
  assert.equal(code, 1)
  assert.match(stdout, /^pairwise +messages +n +two-party 3n − 3 +different +needs 3 sizes, has 2 /m)
  assert.deepEqual(linesOf(stderr), [
    "dcgka-bench: pairwise, heal: rounds is claimed to be 3: at n = 4 that is 3, counted 4; at n = 8 that is 3, counted 4",
  ])
})

test("crossover --json answers for each pair and measure that the results allow", async (t) => {
  const file = fileOf(t, recordsOf(["message", "heal"], [4, 8]))
  const args = ["crossover", file, "--messages-per-heal", "20", "--json"]
  const { code, stdout, stderr } = await dcgkaBench(args)
  assert.deepEqual([code, stderr], [0, ""])
  const { messagesPerHeal, crossovers } = JSON.parse(stdout)
  assert.equal(messagesPerHeal, 20)
  assert.deepEqual(
    crossovers.map(({ measure, basis, stretches }: Record<string, unknown>) => [measure, basis, stretches]),
    ["messages", "bytes"].map((measure) => [measure, "counts", [{ from: 4, to: 8, cheaper: null }]]),
  )
})

const ASKED = { protocols: undefined, measure: undefined, messagesPerHeal: 100, json: true } as const

test("what cannot be answered is refused in one line", (t) => {
  const uncounted = fileOf(t, [exampleHeader({ operations: [], threads: [1] })])
  const whole = fileOf(t, recordsOf(["message", "heal"], [4, 8]))
  const messages = fileOf(t, recordsOf(["message"], [4, 8]))
  const refusals: readonly (readonly [() => unknown, RegExp])[] = [
    [() => complexity({ results: "/nonexistent", json: true }), /\/nonexistent: no such file or folder/],
    [
      () => complexity({ results: uncounted, json: true }),
      /nothing was counted in it; give the results of run/,
    ],
    [() => crossover({ ...ASKED, results: "/nonexistent" }), /\/nonexistent: no such file or folder/],
    [
      () => crossover({ ...ASKED, results: messages }),
      /results.jsonl: nothing to compare; give a run of --operations message,heal with two protocols and two sizes/,
    ],
    [
      () => crossover({ ...ASKED, results: whole, measure: "cpu" }),
      /nothing to compare; .* timed for --measure cpu/,
    ],
    [
      () => crossover({ ...ASKED, results: whole, protocols: "pairwise" }),
      /--protocols "pairwise": name two or more of pairwise, yours/,
    ],
    [
      () => crossover({ ...ASKED, results: whole, protocols: "pairwise,mine" }),
      /--protocols "mine": allowed are pairwise, yours/,
    ],
    [
      () => crossover({ ...ASKED, results: whole, measure: "joules" }),
      /--measure "joules": allowed are messages, bytes, cpu/,
    ],
    [
      () => crossover({ ...ASKED, results: whole, messagesPerHeal: "many" }),
      /--messages-per-heal "many": a whole number from 0 to 1000000000/,
    ],
  ]
  for (const [command, complaint] of refusals) {
    assert.throws(command, (error) => error instanceof UsageError && complaint.test(error.message))
  }
})
