/** Prices measured in several blocks, one isolate each, folded into medians with their intervals. */
import { type PricedOperation, type PriceList, priceList, toPriceList } from "./prices.ts"
import type { Environment, Sampled, SuiteName } from "./schema.ts"
import { medianInterval } from "./stats/median-interval.ts"

/** Both parts of every operation's price, as one isolate measured them. */
export type PriceBlock = Readonly<Record<PricedOperation, { fixedNs: number; perByteNs: number }>>

export type SampledPrice = { readonly fixedNs: Sampled; readonly perByteNs: Sampled }

export type MeasuredPrices = {
  readonly suite: SuiteName
  readonly blocks: number
  readonly prices: Readonly<Record<PricedOperation, SampledPrice>>
}

export const PRICED_OPERATIONS = Object.keys(priceList.shape.prices.shape) as PricedOperation[]

/** @throws Error without a block */
export function foldPrices(suite: SuiteName, blocks: readonly PriceBlock[]): MeasuredPrices {
  const fold = (operation: PricedOperation): SampledPrice => ({
    fixedNs: medianInterval(blocks.map((block) => block[operation].fixedNs)),
    perByteNs: medianInterval(blocks.map((block) => block[operation].perByteNs)),
  })
  return { suite, blocks: blocks.length, prices: forEach(fold) }
}

/** The list that predictions are made from: medians, for the machine they were measured on. */
export function listOf(
  { suite, prices }: MeasuredPrices,
  environment: Environment,
  measuredAt: string,
): PriceList {
  const medians = forEach((operation) => {
    const { fixedNs, perByteNs } = prices[operation]
    return { fixedNs: fixedNs.median, perByteNs: perByteNs.median }
  })
  return toPriceList({ device: environment.cpu, suite, prices: medians, measuredAt, environment })
}

const forEach = <T>(make: (operation: PricedOperation) => T): Record<PricedOperation, T> =>
  Object.fromEntries(PRICED_OPERATIONS.map((name) => [name, make(name)])) as Record<PricedOperation, T>
