/** A made-up document for the tests of this folder's neighbours: the shape of a run, with invented figures. */
import {
  type Cell,
  isHeal,
  OPERATIONS,
  type Operation,
  type ResultDocument,
  type Sampled,
  type SuiteName,
} from "../../results/schema.ts"

type Options = {
  readonly protocols?: readonly string[]
  readonly sizes?: readonly number[]
  readonly suites?: readonly SuiteName[]
  readonly operations?: readonly Operation[]
  /** Protocols whose heal leaves the adversary reading. */
  readonly unhealed?: readonly string[]
  readonly timed?: "timed" | "counted only"
}

/** Everything is n(n − 1) but for `pairwise`, which sends nothing to create a group and 3(n − 1) to heal. */
export function fixtureDocument(options: Options = {}): ResultDocument {
  const { protocols = ["sender-keys", "pairwise"], sizes = [4, 8, 16], suites = ["noble"] } = options
  const { operations = OPERATIONS } = options
  const cells = protocols.flatMap((protocol) =>
    suites.flatMap((suite) =>
      operations.flatMap((operation) => sizes.map((n) => cellOf(protocol, suite, operation, n, options))),
    ),
  )
  const plan = { blocks: 8, payloadBytes: 32, periodMessages: 16, warmUpMs: 80, measureMs: 40 }
  return {
    run: {
      ...RUN,
      plan: {
        ...plan,
        protocols: [...protocols],
        sizes: [...sizes],
        suites: [...suites],
        operations: [...operations],
      },
    },
    cells,
    timeExponents: [],
    failures: [],
    throughput: [],
    throughputFailures: [],
  }
}

const RUN = {
  id: "run-1",
  seed: 7,
  startedAt: "2026-11-23T10:00:00Z",
  finishedAt: "2026-11-23T10:40:00Z",
  tool: { name: "dcgka-bench", version: "0.1.0", commit: "0123456789abcdef" },
  environment: {
    node: "v20.19.0",
    v8: "11.3",
    openssl: "3.0",
    platform: "linux",
    arch: "x64",
    cpu: "Example CPU",
    cores: 2,
    memoryBytes: 8 * 2 ** 30,
    dependencies: { "@noble/curves": "2.4.0" },
  },
}

function cellOf(protocol: string, suite: SuiteName, operation: Operation, n: number, options: Options): Cell {
  const twoParty = countOf(protocol, operation, n)
  const isHealed = !options.unhealed?.includes(protocol)
  return {
    protocol,
    channel: "signal",
    suite,
    operation,
    groupSize: n,
    exact: exactOf(twoParty, n),
    ...(isHeal(operation)
      ? {
          healing: {
            healed: isHealed,
            readableMessages: 1,
            firstSafeRound: isHealed ? 2 : null,
            judged: n,
            derivable: isHealed ? 0 : n,
          },
        }
      : {}),
    sampled:
      options.timed === "counted only" ? null : timesOf(operation, n * (suite === "noble" ? 1e6 : 1e5)),
    blocks: 8,
    slowedBlocks: 0,
    recipients: n - 1,
    recipientsTimed: 3,
  }
}

function countOf(protocol: string, operation: Operation, n: number): number {
  if (protocol !== "pairwise") return n * (n - 1)
  return operation === "create" ? 0 : 3 * (n - 1)
}

function exactOf(twoParty: number, n: number): Cell["exact"] {
  const calls = { dh: 2 * twoParty, keyPair: twoParty, hmac: 9 * twoParty }
  return {
    twoParty,
    inBroadcasts: 0,
    broadcasts: 0,
    welcomes: 0,
    deliveries: twoParty,
    renewedSecrets: 0,
    rounds: 2,
    bytesUploaded: 200 * twoParty,
    bytesDelivered: 300 * twoParty,
    bytesDeliveredUnsplit: 300 * twoParty,
    bytesUploadedByInitiator: 200 * twoParty,
    notices: 0,
    prekeyBundles: 0,
    prekeyBundleBytes: 0,
    stateBytesMax: 600 * n,
    stateBytesMean: 500 * n,
    transcript: "ab".repeat(32),
    primitives: { group: calls, initiator: calls, recipientMax: calls, recipientMean: calls },
  }
}

function timesOf(operation: Operation, ns: number): Cell["sampled"] {
  const around = (median: number): Sampled => ({ median, low: median * 0.9, high: median * 1.25 })
  return {
    initiatorNs: around(ns),
    recipientNs: around(ns / 2),
    newcomerNs: operation === "add" ? around(ns) : null,
    groupNs: around(ns * 3),
    messagesPerSecond: operation === "message" ? around(1e9 / (ns * 3)) : null,
    efficiency: { median: 0.8, low: 0.75, high: 0.85 },
  }
}
