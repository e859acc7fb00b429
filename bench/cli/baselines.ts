/**
 * Runs that are kept to be compared with: `.dcgka-bench/baselines/<name>/results.jsonl` in the working directory, so
 * that each project has its own, and can commit or cache them as it likes.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { ResultRecord } from "../../results/schema.ts"
import { readResults } from "../../results/store.ts"
import { asUsage, UsageError } from "./failure.ts"

const FOLDER = join(".dcgka-bench", "baselines")
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

export type Baseline = { readonly name: string; readonly records: readonly ResultRecord[] }

/**
 * Keep a copy of `results` under `name`, whole or not at all.
 *
 * @throws UsageError when the name is not one or is taken, or the results are broken
 */
export function saveBaseline(name: string, results: string): void {
  const folder = folderOf(name)
  if (existsSync(folder))
    throw new UsageError(`baseline "${name}" exists already; remove it first, or take another name`)
  const records = asUsage(() => readResults(results))
  const unfinished = join(FOLDER, `.${name}-${process.pid}`)
  try {
    mkdirSync(unfinished, { recursive: true })
    const lines = records.map((record) => `${JSON.stringify(record)}\n`)
    writeFileSync(join(unfinished, "results.jsonl"), lines.join(""))
    renameSync(unfinished, folder)
  } catch (cause) {
    throw new UsageError(`cannot save baseline "${name}": ${(cause as Error).message}`, { cause })
  }
}

/** In alphabetical order. */
export function listBaselines(): Baseline[] {
  const names = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => NAME.test(name)) : []
  return names.toSorted().map((name) => ({ name, records: asUsage(() => readResults(folderOf(name))) }))
}

/** @throws UsageError when there is none of that name */
export function removeBaseline(name: string): void {
  if (!existsSync(folderOf(name))) throw new UsageError(`no baseline "${name}"; ${knownBaselines()}`)
  rmSync(folderOf(name), { recursive: true })
}

/**
 * The run that is meant: a baseline's name goes before that of a file or folder, which can be written `./name`.
 *
 * @throws UsageError when there is neither, or the results are broken
 */
export function readRun(nameOrPath: string): ResultRecord[] {
  const isBaseline = NAME.test(nameOrPath) && existsSync(folderOf(nameOrPath))
  if (!isBaseline && !existsSync(nameOrPath))
    throw new UsageError(`${nameOrPath}: no such file or folder, nor a baseline; ${knownBaselines()}`)
  return asUsage(() => readResults(isBaseline ? folderOf(nameOrPath) : nameOrPath))
}

function knownBaselines(): string {
  const names = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => NAME.test(name)) : []
  return names.length === 0 ? `none are saved in ${FOLDER}` : `saved are ${names.join(", ")}`
}

function folderOf(name: string): string {
  if (NAME.test(name)) return join(FOLDER, name)
  throw new UsageError(
    `baseline "${name}": letters, digits, ".", "_" and "-", at most 64, the first a letter or digit`,
  )
}
