/** Made-up rows of throughput for the tests of this folder's neighbours. */
import type { ResultDocument, Sampled, SuiteName, ThroughputCell } from "../../results/schema.ts"

/** `document` with rows for its protocols, sizes and suites: n · 100 deliveries a second for each thread. */
export function withThroughput(
  document: ResultDocument,
  threads: readonly number[] = [1, 2],
): ResultDocument {
  const { protocols, sizes, suites } = document.run.plan
  const throughput = protocols.flatMap((protocol) =>
    suites.flatMap((suite) =>
      sizes.flatMap((groupSize) => threads.map((number) => rowOf(protocol, suite, groupSize, number))),
    ),
  )
  return { ...document, throughput }
}

function rowOf(protocol: string, suite: SuiteName, groupSize: number, threads: number): ThroughputCell {
  const around = (median: number): Sampled => ({ median, low: median * 0.9, high: median * 1.25 })
  const rate = groupSize * 100 * threads
  return {
    ...{ protocol, channel: "signal", suite, groupSize, threads },
    messagesPerSecond: around(rate / (groupSize - 1)),
    deliveriesPerSecond: around(rate),
    speedUp: threads === 1 ? null : around(threads),
    messages: 100,
    deliveries: 100 * (groupSize - 1),
    twoParty: 50,
    broadcasts: 100,
    blocks: 8,
  }
}
