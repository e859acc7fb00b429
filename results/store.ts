/**
 * The file a run leaves behind: `results.jsonl`, one record a line, only ever appended to.
 *
 * A line is on the disk before `append` returns, so a killed run loses at most the line it was writing. That torn
 * last line is dropped on reading and cut off on reopening; any other broken line is an error, never skipped.
 */
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  type Stats,
  statSync,
  unlinkSync,
} from "node:fs"
import { appendBytes, attempt, oneLine, ResultsError } from "./disk.ts"
import { workId } from "./document.ts"
import { type CellKey, parseRecord, type ResultRecord, type RunHeader } from "./schema.ts"
import { throughputId } from "./throughput.ts"

const FILE_NAME = "results.jsonl"
const NEWLINE = 0x0a
const LINE_RULE =
  "each line must be one run, count, block, failure, throughput, throughput-failure or end record"

export { ResultsError }

/** An open results file. One process at a time may hold it. */
export type Results = {
  readonly file: string
  /** Everything in the file, in order, what was appended included. */
  readonly records: readonly ResultRecord[]
  /** True when the count of the cell, or the given block of it, is in the file: a resumed run skips it. */
  readonly has: (cell: CellKey, block?: number) => boolean
  /**
   * Write one line and force it to the disk.
   *
   * @throws {@link ResultsError} when the write fails; what was written before stays readable, and once there is
   *   room again the next append works
   * @throws Error when the record is not valid, or a success of the same work is already in the file
   */
  readonly append: (record: ResultRecord) => void
  readonly close: () => void
}

/**
 * Start a results file in `folder`, which is made if need be.
 *
 * @throws {@link ResultsError} when the folder cannot be written or already holds a run
 */
export function createResults(folder: string, header: RunHeader): Results {
  const file = fileIn(folder)
  attempt(`${folder}: cannot make the folder`, () => mkdirSync(folder, { recursive: true }))
  const descriptor = attempt(`${file}: cannot create`, () => openSync(file, "wx"))
  const results = resultsOn(file, descriptor, { records: [], length: 0 })
  try {
    results.append(header)
  } catch (error) {
    results.close()
    unlinkSync(file) // an empty file would only stand in the way of the next try
    throw error
  }
  return results
}

/**
 * Reopen the results file in `folder` to go on with its run; a torn last line is cut off first.
 *
 * @throws {@link ResultsError} as `readResults`, or when the file cannot be written
 */
export function openResults(folder: string): Results {
  const file = resultsFileOf(folder)
  const content = load(file)
  const descriptor = attempt(`${file}: cannot open for writing`, () => openSync(file, "r+"))
  attempt(`${file}: cannot cut off a torn line`, () => ftruncateSync(descriptor, content.length))
  return resultsOn(file, descriptor, content)
}

/**
 * Every whole record of a results file, given by its own name or by its folder.
 *
 * @throws {@link ResultsError} when it is missing, does not begin with a `run` record, has a broken line other
 *   than a torn last one, or has two records of one key
 */
export function readResults(fileOrFolder: string): ResultRecord[] {
  return load(resultsFileOf(fileOrFolder)).records
}

type Content = { readonly records: ResultRecord[]; readonly length: number }

function resultsOn(file: string, descriptor: number, content: Content): Results {
  const { records } = content
  const done = new Set<string>()
  for (const record of records) admit(done, record)
  let length = content.length
  const append = (record: ResultRecord): void => {
    const valid = parseRecord(record)
    const line = Buffer.from(`${JSON.stringify(valid)}\n`)
    const refusal = refuse(done, valid) ?? refuseOrder(records.length, valid)
    if (refusal !== undefined) throw new Error(`${file}: ${refusal}`)
    appendBytes({ file, descriptor, end: length }, line)
    length += line.length
    records.push(valid)
    admit(done, valid)
  }
  const has = (cell: CellKey, block?: number): boolean => done.has(workId({ ...cell, block }))
  return { file, records, has, append, close: () => closeSync(descriptor) }
}

function load(file: string): Content {
  const { lines, length } = wholeLines(attempt(`${file}: cannot read`, () => readFileSync(file)))
  if (lines.length === 0)
    throw new ResultsError(`${file}: holds no whole line; it must begin with a run record`)
  const done = new Set<string>()
  const records = lines.map((line, index) => {
    const where = `${file}, line ${index + 1}`
    const record = parseLine(where, line)
    const refusal = refuseOrder(index, record) ?? refuse(done, record)
    if (refusal !== undefined) throw new ResultsError(`${where}: ${refusal}`)
    admit(done, record)
    return record
  })
  return { records, length }
}

/** The lines that were written whole, and their length in bytes. */
function wholeLines(bytes: Buffer): { lines: string[]; length: number } {
  const length = bytes.lastIndexOf(NEWLINE) + 1
  const lines = bytes.toString("utf8", 0, length).split("\n").slice(0, -1)
  const last = lines.at(-1)
  if (last === undefined || length < bytes.length || isJson(last)) return { lines, length }
  // A power cut can leave a last line of the right length but without its text.
  return { lines: lines.slice(0, -1), length: length < 2 ? 0 : bytes.lastIndexOf(NEWLINE, length - 2) + 1 }
}

function parseLine(where: string, line: string): ResultRecord {
  if (!isJson(line)) throw new ResultsError(`${where}: not JSON; ${LINE_RULE}`)
  try {
    return parseRecord(JSON.parse(line))
  } catch (error) {
    throw new ResultsError(`${where}: ${oneLine((error as Error).message)}; ${LINE_RULE}`)
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function refuseOrder(index: number, { kind }: ResultRecord): string | undefined {
  if (index === 0 && kind !== "run") return `the first record is of kind ${kind}; it must be of kind run`
  if (index > 0 && kind === "run") return "a second run record; a file holds one run"
  return undefined
}

/** A failure may be repeated and may be made good; nothing may follow a success of the same work. */
function refuse(done: ReadonlySet<string>, record: ResultRecord): string | undefined {
  const id = idOf(record)
  if (id === undefined || !done.has(id)) return undefined
  return `a second record (${record.kind}) of ${id}; each count and each block is written once`
}

function admit(done: Set<string>, record: ResultRecord): void {
  const { kind } = record
  if (kind === "count" || kind === "block") done.add(workId(record))
  if (kind === "throughput") done.add(throughputId(record))
}

/** Of what a record is about; nothing for those that are about the whole run. */
function idOf(record: ResultRecord): string | undefined {
  switch (record.kind) {
    case "run":
    case "end":
      return undefined
    case "throughput":
    case "throughput-failure":
      return throughputId(record)
    default:
      return workId(record)
  }
}

/**
 * The results file that is meant.
 *
 * @throws {@link ResultsError} when there is none
 */
export function resultsFileOf(fileOrFolder: string): string {
  const found = look(fileOrFolder)
  if (found === undefined) {
    throw new ResultsError(
      `${fileOrFolder}: no such file or folder; give a folder that holds ${FILE_NAME}, or a file`,
    )
  }
  if (!found.isDirectory()) return fileOrFolder
  const file = fileIn(fileOrFolder)
  if (look(file) === undefined) {
    throw new ResultsError(`${fileOrFolder}: holds no ${FILE_NAME}; give the folder of a run`)
  }
  return file
}

function look(path: string): Stats | undefined {
  return attempt(`${path}: cannot read`, () => statSync(path, { throwIfNoEntry: false }))
}

function fileIn(folder: string): string {
  return `${folder.replace(/(?<=.)\/+$/, "")}/${FILE_NAME}`
}
