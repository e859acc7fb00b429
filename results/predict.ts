/** From exact counts to the times that a device with a given price list would need. */
import type { PricedOperation, PriceList } from "./prices.ts"
import type { Exact, Predicted } from "./schema.ts"

/**
 * Σ calls × `fixedNs` + bytes × `perByteNs`, and the list's overhead on top. The sum over the group is over all its
 * members, not scaled up from some.
 *
 * @returns undefined for counts without bytes, as files of 0.1 have them, and where the list has no price for
 *   something that was called
 */
export function predict({ primitives, primitiveBytes }: Exact, list: PriceList): Predicted | undefined {
  if (primitiveBytes === undefined || !isPriced(primitives.group, list)) return undefined
  const nsOf = (part: "group" | "initiator" | "recipientMean") =>
    withOverhead(total(primitives[part], primitiveBytes[part], list.prices), list)
  const { newcomer } = primitives
  return {
    device: list.device,
    initiatorNs: nsOf("initiator"),
    recipientNs: nsOf("recipientMean"),
    newcomerNs:
      newcomer === undefined
        ? null
        : withOverhead(total(newcomer, primitiveBytes.newcomer ?? {}, list.prices), list),
    groupNs: nsOf("group"),
  }
}

const withOverhead = (ns: number, { overheadShare = 0 }: PriceList): number => ns / (1 - overheadShare)

type Counts = Readonly<Record<string, number>>

const isPriced = (calls: Counts, { prices }: PriceList): boolean =>
  Object.entries(calls).every(([name, count]) => count === 0 || prices[name as PricedOperation] !== undefined)

function total(calls: Counts, bytes: Counts, prices: PriceList["prices"]): number {
  return Object.entries(calls).reduce((sum, [operation, count]) => {
    const { fixedNs = 0, perByteNs = 0 } = prices[operation as PricedOperation] ?? {}
    return sum + count * fixedNs + (bytes[operation] ?? 0) * perByteNs
  }, 0)
}
