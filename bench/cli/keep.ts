/** What a run finds goes to the disk as it comes: a block's raw samples first, then the record that speaks of them. */
import { openSamples, type SampleFile } from "../../results/sample-store.ts"
import type { BlockKey, Samples } from "../../results/samples.ts"
import type { Results } from "../../results/store.ts"
import type { Progressed } from "../run/campaign.ts"
import { report } from "./terminal.ts"

/** Takes what a job left. */
export type Keep = (found: Omit<Progressed, "job">) => void

/** The file of samples is made when there are some. */
export function keepIn(results: Results): { readonly keep: Keep; readonly close: () => void } {
  let file: SampleFile | undefined
  const endOf = (block: BlockKey, samples: Samples): number => {
    file ??= openBeside(results)
    return file.append(block, samples)
  }
  const keep: Keep = ({ records, samples }) => {
    for (const record of records) {
      if (record.kind !== "block" || samples === undefined) results.append(record)
      else results.append({ ...record, samplesEnd: endOf(record, samples) })
    }
  }
  return { keep, close: () => file?.close() }
}

function openBeside({ file, records }: Results): SampleFile {
  const samples = openSamples(file, records)
  if (!samples.isComplete) report(`${samples.file}: raw samples of earlier blocks are lost`)
  return samples
}
