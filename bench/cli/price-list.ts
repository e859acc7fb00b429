/** The file of a price list. */
import { readFileSync, writeFileSync } from "node:fs"
import { type PriceList, parsePriceList } from "../../results/prices.ts"
import { UsageError } from "./failure.ts"

/** @throws UsageError that names the file, and the field that is wrong */
export function readPriceList(file: string): PriceList {
  try {
    return parsePriceList(readFileSync(file, "utf8"))
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? "not JSON" : (cause as Error).message
    throw new UsageError(`${file}: ${reason}; a price list is what prices --out writes`, { cause })
  }
}

/** @throws UsageError when the file cannot be written */
export function writePriceList(file: string, list: PriceList): void {
  try {
    writeFileSync(file, `${JSON.stringify(list, null, 2)}\n`)
  } catch (cause) {
    throw new UsageError(`cannot write the price list: ${(cause as Error).message}`, { cause })
  }
}
