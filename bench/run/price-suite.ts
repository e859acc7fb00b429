/** What each operation of a suite costs here: a price for the call, and one for each byte where its size matters. */
import { exactly } from "../../protocols/bytes.ts"
import { seededRandom, seedRandom } from "../../protocols/crypto/seeded.ts"
import {
  type CreateSuite,
  SUITE_OPERATIONS,
  type Suite,
  type SuiteOperation,
} from "../../protocols/crypto/suite.ts"
import { unreachable } from "../../protocols/errors.ts"
import type { SuiteName } from "../../results/schema.ts"
import { type Clock, monotonicClock } from "../meter/clock.ts"
import { type Call, priceCalls } from "./price.ts"
import { loadSuite } from "./suites.ts"

export type LinearPrice = { readonly fixedNs: number; readonly perByteNs: number }
export type SuitePrices = Readonly<Record<SuiteOperation, LinearPrice>>

/** The engine compiles what it has seen often; then the prices are taken. */
const WARM_UP_MS = 150
const PRICING_MS = 250

/**
 * In between a price is taken to rise evenly, though a hash rises by whole blocks: hence, for `hkdf`, lengths that
 * protocols ask for. In bytes as `callBytes` counts them.
 */
const SIZES: Readonly<Record<SuiteOperation, readonly [small: number, large?: number]>> = {
  random: [32, 256],
  keyPair: [0],
  dh: [0],
  sign: [64, 4096],
  verify: [64, 4096],
  hmac: [1, 1024],
  hkdf: [48, 80],
  encryptCbc: [32, 1024],
  decryptCbc: [48, 1040],
  publicKey: [0],
  sealGcm: [32, 1024],
  openGcm: [48, 1040],
  hash: [32, 1024],
  edKeyPair: [0],
  edSign: [64, 4096],
  edVerify: [64, 4096],
}

/** Different arguments, so that no call is told apart by being the same again. */
const VARIANTS = 8

/** Load a suite into this isolate and price it there. */
export const priceLoadedSuite = async (name: SuiteName): Promise<SuitePrices> =>
  priceSuite(await loadSuite(name), monotonicClock, { warmUpMs: WARM_UP_MS, pricingMs: PRICING_MS })

export function priceSuite(
  createSuite: CreateSuite,
  clock: Clock,
  { warmUpMs, pricingMs }: { readonly warmUpMs: number; readonly pricingMs: number },
): SuitePrices {
  const suite = createSuite(seededRandom(seedRandom(1, "prices")))
  const points = SUITE_OPERATIONS.flatMap((operation) =>
    SIZES[operation].flatMap((bytes) => (bytes === undefined ? [] : [{ operation, bytes }])),
  )
  const lists = points.map(({ operation, bytes }) => callsOf(suite, operation, bytes))
  priceCalls(suite, lists, clock, warmUpMs)
  const pricesNs = priceCalls(suite, lists, clock, pricingMs)
  const priceOf = (operation: SuiteOperation) => {
    const [small, large = small] = pricesNs.filter((_, index) => points[index]?.operation === operation)
    return lineThrough(SIZES[operation], small as number, large as number)
  }
  return Object.fromEntries(SUITE_OPERATIONS.map((name) => [name, priceOf(name)])) as SuitePrices
}

/** Neither price is negative: where noise would have it so, the call costs the same at every size. */
function lineThrough(
  [small, large = small]: (typeof SIZES)[SuiteOperation],
  smallNs: number,
  largeNs: number,
): LinearPrice {
  const perByteNs = large === small ? 0 : Math.max(0, (largeNs - smallNs) / (large - small))
  return { fixedNs: Math.max(0, smallNs - perByteNs * small), perByteNs }
}

function callsOf(suite: Suite, operation: SuiteOperation, bytes: number): Call[] {
  return Array.from({ length: VARIANTS }, () => callOf(suite, operation, bytes))
}

function callOf(suite: Suite, operation: SuiteOperation, bytes: number): Call {
  const pair = suite.keyPair()
  const key = suite.keyPair().secret
  const iv = exactly(suite.random(16), 16)
  switch (operation) {
    case "random":
      return { operation, args: [bytes] }
    case "keyPair":
      return { operation, args: [] }
    case "dh":
      return { operation, args: [key, pair.public] }
    case "sign":
      return { operation, args: [pair.secret, suite.random(bytes)] }
    case "verify": {
      const message = suite.random(bytes)
      return { operation, args: [pair.public, message, suite.sign(pair.secret, message)] }
    }
    case "hmac":
      return { operation, args: [key, suite.random(bytes)] }
    case "hkdf":
      return { operation, args: [undefined, key, suite.random(18), bytes] }
    case "encryptCbc":
      return { operation, args: [key, iv, suite.random(bytes)] }
    case "decryptCbc":
      return { operation, args: [key, iv, suite.encryptCbc(key, iv, suite.random(bytes - 16))] }
    case "publicKey":
      return { operation, args: [key] }
    case "sealGcm":
    case "openGcm":
      return gcmCallOf(suite, operation, bytes)
    case "hash":
      return { operation, args: [suite.random(bytes)] }
    case "edKeyPair":
      return { operation, args: [] }
    case "edSign":
      return { operation, args: [suite.edKeyPair().secret, suite.random(bytes)] }
    case "edVerify": {
      const signer = suite.edKeyPair()
      const message = suite.random(bytes)
      return { operation, args: [signer.public, message, suite.edSign(signer.secret, message)] }
    }
    default:
      return unreachable(operation)
  }
}

function gcmCallOf(suite: Suite, operation: "sealGcm" | "openGcm", bytes: number): Call {
  const [key, nonce] = [exactly(suite.random(16), 16), exactly(suite.random(12), 12)]
  const associated = suite.random(32)
  if (operation === "sealGcm") return { operation, args: [key, nonce, associated, suite.random(bytes)] }
  const ciphertext = suite.sealGcm(key, nonce, associated, suite.random(bytes - 16))
  return { operation, args: [key, nonce, associated, ciphertext] }
}
