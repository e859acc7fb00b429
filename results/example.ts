/** Records of a made-up run, for tests. */
import type { Price, PricedOperation, PriceList } from "./prices.ts"
import {
  type BlockRecord,
  type CellKey,
  type CountRecord,
  type FailureRecord,
  isHeal,
  type RunHeader,
} from "./schema.ts"
import type { ThroughputFailureRecord, ThroughputRecord } from "./throughput-record.ts"

export const EXAMPLE_CELL: CellKey = {
  protocol: "dcgka",
  channel: "2sm",
  suite: "noble",
  operation: "heal",
  groupSize: 8,
}

export function exampleHeader(plan: Partial<RunHeader["plan"]> = {}): RunHeader {
  return {
    kind: "run",
    schema: 2,
    id: "20261123-0001",
    seed: 1,
    startedAt: "2026-11-23T12:00:00.000Z",
    tool: { name: "dcgka-bench", version: "0.1.0", commit: "abc1234" },
    environment: {
      node: "20.20.2",
      v8: "11.3",
      openssl: "3.0",
      platform: "linux",
      arch: "x64",
      cpu: "Example CPU",
      cores: 2,
      memoryBytes: 8e9,
      dependencies: { zod: "4.6.7" },
    },
    plan: {
      protocols: ["sender-keys", "dcgka"],
      sizes: [8],
      operations: ["heal"],
      suites: ["noble"],
      blocks: 5,
      payloadBytes: 32,
      periodMessages: 10,
      warmUpMs: 80,
      measureMs: 40,
      ...plan,
    },
  }
}

export function exampleCount(
  cell: Partial<CellKey> = {},
  exact: Partial<CountRecord["exact"]> = {},
): CountRecord {
  const key = { ...EXAMPLE_CELL, ...cell }
  const counted = {
    twoParty: 7,
    inBroadcasts: 0,
    broadcasts: 8,
    deliveries: 63,
    rounds: 2,
    renewedSecrets: 8,
    bytesUploaded: 1500,
    bytesDelivered: 9000,
    bytesDeliveredUnsplit: 9000,
    welcomes: 0,
    bytesUploadedByInitiator: 800,
    notices: 0,
    prekeyBundles: 0,
    prekeyBundleBytes: 0,
    stateBytesMax: 4000,
    stateBytesMean: 3900.5,
    transcript: "ab".repeat(32),
    primitives: {
      group: { dh: 14 },
      initiator: { dh: 7 },
      recipientMax: { dh: 1 },
      recipientMean: { dh: 1 },
    },
    ...exact,
  }
  const healing = {
    healed: true,
    readableMessages: 0,
    firstSafeRound: 2,
    judged: key.groupSize,
    derivable: 0,
  }
  return { kind: "count", ...key, exact: counted, ...(isHeal(key.operation) ? { healing } : {}) }
}

export function exampleBlock(
  block: number,
  cell: Partial<CellKey> = {},
  times: Partial<BlockRecord> = {},
): BlockRecord {
  const key = { ...EXAMPLE_CELL, ...cell }
  const measured = {
    initiatorNs: 2e6,
    recipientNs: 1e5,
    groupNs: 9e6,
    iterations: 10,
    recipients: 7,
    recipientsTimed: 7,
  }
  return { kind: "block", ...key, block, ...measured, ...times }
}

export function exampleFailure(failure: Partial<FailureRecord> = {}): FailureRecord {
  return { kind: "failure", ...EXAMPLE_CELL, reason: "ran out of memory", ...failure }
}

/** Everything has a price. */
export function examplePrices(): PriceList & { readonly prices: Record<PricedOperation, Price> } {
  const [point, sized] = [{ fixedNs: 40_000 }, { fixedNs: 2000, perByteNs: 1.5 }]
  return {
    kind: "prices",
    version: 1,
    device: "Example phone",
    prices: {
      random: sized,
      keyPair: point,
      dh: point,
      sign: { fixedNs: 50_000, perByteNs: 2 },
      verify: { fixedNs: 90_000, perByteNs: 2 },
      hmac: sized,
      hkdf: sized,
      encryptCbc: sized,
      decryptCbc: sized,
      publicKey: point,
      sealGcm: sized,
      openGcm: sized,
      hash: sized,
      edKeyPair: point,
      edSign: { fixedNs: 50_000, perByteNs: 2 },
      edVerify: { fixedNs: 90_000, perByteNs: 2 },
    },
  }
}

const EXAMPLE_TALK = { protocol: "dcgka", channel: "2sm", suite: "noble", groupSize: 8, threads: 1 } as const

/** 100 messages a second for each thread. */
export function exampleThroughput(block: number, other: Partial<ThroughputRecord> = {}): ThroughputRecord {
  const talk = { messages: 100, deliveries: 700, twoParty: 14, broadcasts: 100 }
  const elapsedNs = 1e9 / (other.threads ?? 1)
  return { kind: "throughput", ...EXAMPLE_TALK, block, ...talk, elapsedNs, ...other }
}

export function exampleThroughputFailure(
  other: Partial<ThroughputFailureRecord> = {},
): ThroughputFailureRecord {
  return { kind: "throughput-failure", ...EXAMPLE_TALK, block: 0, reason: "a thread died", ...other }
}
