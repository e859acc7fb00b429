/** Prices of a suite, from an isolate in which nothing else was ever compiled. */
import { once } from "node:events"
import { Worker } from "node:worker_threads"
import type { SuitePrices } from "../bench/run/price-suite.ts"
import type { SuiteName } from "../results/schema.ts"

const ENTRY = new URL("./prices-entry.js", import.meta.url)
/** As for timed jobs (`pool.ts`). */
const YOUNG_HEAP_MB = 96

/** @throws whatever ends the isolate early; AbortError when the signal says so */
export async function pricesInIsolate(suite: SuiteName, signal: AbortSignal): Promise<SuitePrices> {
  signal.throwIfAborted()
  const worker = new Worker(ENTRY, {
    workerData: suite,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_HEAP_MB },
  })
  try {
    const [prices] = await once(worker, "message", { signal })
    return prices as SuitePrices
  } finally {
    await worker.terminate()
  }
}
