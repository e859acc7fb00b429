/**
 * A price list: what each suite operation costs on some device, measured by `prices` or written by hand, as for a
 * phone. With it exact counts become predicted times (`results/predict.ts`).
 *
 * The version changes only together with a note here.
 * 1 (2026-11): first version. Since then seven more operations: lists without them still serve protocols that call
 * none of them.
 */
import { z } from "zod"

const PRICES_VERSION = 1

const nanoseconds = z.number().nonnegative()

/** `perByteNs`: for each byte that `primitiveBytes` counts; 0 where absent. */
const price = z.strictObject({ fixedNs: nanoseconds, perByteNs: nanoseconds.optional() })
export type Price = z.infer<typeof price>

export const priceList = z.strictObject({
  kind: z.literal("prices"),
  version: z.literal(PRICES_VERSION),
  /** What is shown beside everything that is predicted from this list. */
  device: z.string().min(1),
  /** Ours, where the prices are of one of ours. */
  suite: z.string().optional(),
  prices: z.strictObject({
    random: price,
    keyPair: price,
    dh: price,
    sign: price,
    verify: price,
    hmac: price,
    hkdf: price,
    encryptCbc: price,
    decryptCbc: price,
    // since 0.2
    publicKey: price.optional(),
    sealGcm: price.optional(),
    openGcm: price.optional(),
    hash: price.optional(),
    edKeyPair: price.optional(),
    edSign: price.optional(),
    edVerify: price.optional(),
  }),
  /** Time outside the operations, as a share of the whole; 0 where absent: cryptography alone. */
  overheadShare: z.number().min(0).lt(1).optional(),
  measuredAt: z.iso.datetime().optional(),
  /** Whatever is worth knowing of the device; nobody reads it but people. */
  environment: z.record(z.string(), z.unknown()).optional(),
})
export type PriceList = z.infer<typeof priceList>
export type PricedOperation = keyof PriceList["prices"]

/**
 * A list as JSON text.
 *
 * @throws Error with one line of text: which field is wrong and what it should be
 */
export function parsePriceList(text: string): PriceList {
  const parsed = priceList.safeParse(JSON.parse(text))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new Error(`${issue?.path.join(".") || "price list"}: ${issue?.message ?? "not a price list"}`)
}

/** A list of medians, as `prices --out` writes it. */
export const toPriceList = (list: Omit<PriceList, "kind" | "version">): PriceList => ({
  kind: "prices",
  version: PRICES_VERSION,
  ...list,
})
