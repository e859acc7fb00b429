/** Forms a group away from the thread that listens to the user. */
import { parentPort, workerData } from "node:worker_threads"
import { formGroup, type GroupKey } from "../bench/throughput/form.ts"

parentPort?.postMessage(await formGroup(workerData as GroupKey))
