/**
 * The file of a run's raw samples, beside its results: `results.samples.csv.gz`.
 *
 * A gzip file may have many members (RFC 1952 §2.2), so each block is compressed by itself and appended: nothing is
 * rewritten, and every reader of gzip sees one CSV file. The record of a block is written after its samples and says
 * where they end (`samplesEnd`); what lies behind the last such end is cut off when a run is resumed.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs"
import { gunzipSync, gzipSync } from "node:zlib"
import { appendBytes, attempt, ResultsError } from "./disk.ts"
import { type BlockKey, SAMPLES_HEADER, type Samples, sampleRows } from "./samples.ts"
import type { ResultRecord } from "./schema.ts"

export type SampleFile = {
  readonly file: string
  /** False when samples of earlier blocks are not where they should be: then the file begins anew. */
  readonly isComplete: boolean
  /**
   * Compress the iterations of one block and force them to the disk; its record comes after them.
   *
   * @returns the length of the file, bytes: `samplesEnd` of the block's record
   * @throws {@link ResultsError} when the write fails
   */
  readonly append: (block: BlockKey, samples: Samples) => number
  readonly close: () => void
}

/**
 * Begin the file beside `resultsFile`, or go on with it behind the samples that the records speak of.
 *
 * @throws {@link ResultsError} when it cannot be written
 */
export function openSamples(resultsFile: string, records: readonly ResultRecord[]): SampleFile {
  const file = samplesFileOf(resultsFile)
  const { O_CREAT, O_RDWR } = constants
  const descriptor = attempt(`${file}: cannot open for writing`, () => openSync(file, O_CREAT | O_RDWR))
  const known = samplesEnd(records)
  const isComplete = fstatSync(descriptor).size >= known
  let end = isComplete ? known : 0
  const append = (block: BlockKey, samples: Samples): number => {
    const text = (end === 0 ? SAMPLES_HEADER : "") + sampleRows(block, samples)
    const member = gzipSync(text, { level: 9 })
    appendBytes({ file, descriptor, end }, member)
    end += member.length
    return end
  }
  return { file, isComplete, append, close: () => closeSync(descriptor) }
}

/**
 * The raw samples of the run whose records these are, as CSV.
 *
 * @throws {@link ResultsError} when the run kept none, or they are lost or broken
 */
export function readSamples(resultsFile: string, records: readonly ResultRecord[]): string {
  const file = samplesFileOf(resultsFile)
  const end = samplesEnd(records)
  if (end === 0) throw new ResultsError(`${resultsFile}: no block of this run has kept raw samples`)
  const bytes = attempt(`${file}: cannot read the raw samples`, () => readFileSync(file))
  if (bytes.length < end) throw new ResultsError(`${file}: cut short: ${bytes.length} of ${end} bytes`)
  return attempt(`${file}: not the raw samples of this run`, () => decompress(bytes.subarray(0, end)))
}

function decompress(bytes: Uint8Array): string {
  const text = gunzipSync(bytes).toString("utf8")
  if (!text.startsWith(SAMPLES_HEADER)) throw new Error(`it must begin with ${SAMPLES_HEADER.trimEnd()}`)
  return text
}

function samplesEnd(records: readonly ResultRecord[]): number {
  const ends = records.flatMap((record) => (record.kind === "block" ? (record.samplesEnd ?? []) : []))
  return ends.at(-1) ?? 0
}

/** Where the raw samples of a results file are, if it has any. */
export const samplesFileOf = (resultsFile: string): string =>
  `${resultsFile.replace(/\.jsonl$/, "")}.samples.csv.gz`
