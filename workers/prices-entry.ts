/** A worker thread's whole life: one suite, priced once. */
import { parentPort, workerData } from "node:worker_threads"
import { priceLoadedSuite } from "../bench/run/price-suite.ts"
import type { SuiteName } from "../results/schema.ts"

parentPort?.postMessage(await priceLoadedSuite(workerData as SuiteName))
