/** The command as a user has it: a process of its own, its streams and its exit code. For tests. */
import assert from "node:assert/strict"
import { type ChildProcess, spawn } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { TestContext } from "node:test"
import { fileURLToPath } from "node:url"
import type { Exact, ResultDocument } from "../../results/schema.ts"

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

const MAIN = fileURLToPath(new URL("./main.js", import.meta.url))
/** As in the first line of main.ts. */
const FLAGS = ["--single-threaded"]
const PATIENCE_MS = 60_000
const POLL_MS = 10

/** A run that takes a second. */
export const TINY_RUN = [
  "run",
  "--quick",
  ...["--suite", "native", "--sizes", "4", "--protocols", "pairwise", "--operations", "create"],
]

export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "cli-"))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

const BATCH = fileURLToPath(new URL("./batch.js", import.meta.url))

/** Command lines one after another, in one process of their own: loading everything takes longer than most commands. */
export async function dcgkaBenchEach(
  commandLines: readonly (readonly string[])[],
  cwd = tmpdir(),
): Promise<Ended[]> {
  const { code, stdout, stderr } = await ended(BATCH, [JSON.stringify(commandLines)], { cwd })
  assert.deepEqual([code, stderr], [0, ""])
  return JSON.parse(stdout) as Ended[]
}

/** @param whileRunning - may end the child or one of its streams */
export const dcgkaBench = (args: readonly string[], options: Surroundings = {}): Promise<Ended> =>
  ended(MAIN, args, options)

type Surroundings = { readonly cwd?: string; readonly whileRunning?: (child: ChildProcess) => unknown }

function ended(
  script: string,
  args: readonly string[],
  { cwd = tmpdir(), whileRunning = () => undefined }: Surroundings,
): Promise<Ended> {
  const child = spawn(process.execPath, [...FLAGS, script, ...args], { cwd, timeout: PATIENCE_MS })
  const output = { stdout: "", stderr: "" }
  child.stdout.on("data", (text) => {
    output.stdout += text
  })
  child.stderr.on("data", (text) => {
    output.stderr += text
  })
  whileRunning(child)
  return new Promise((resolve, reject) => {
    child.on("error", reject)
    child.on("close", (code) => resolve({ code, ...output }))
  })
}

/** The document of a run that succeeded. */
export const documentOf = async (args: readonly string[]): Promise<ResultDocument> =>
  documentIn(await dcgkaBench(args))

export function documentIn({ code, stdout, stderr }: Ended): ResultDocument {
  assert.equal(code, 0, stderr)
  return JSON.parse(stdout) as ResultDocument
}

/** What must be equal on every machine for one seed. */
export function exactPartsOf({ cells }: ResultDocument): readonly [name: string, Exact, unknown, number][] {
  return cells.map(({ protocol, suite, operation, groupSize, exact, healing, blocks }) => [
    `${protocol} ${suite} ${operation} ${groupSize}`,
    exact,
    healing,
    blocks,
  ])
}

export const linesOf = (text: string): string[] => text.split("\n").filter((line) => line !== "")

export function resultLines(folder: string): string[] {
  const file = join(folder, "results.jsonl")
  return existsSync(file) ? linesOf(readFileSync(file, "utf8")) : []
}

/** End the child once its results have so many lines. */
export function endAfter(lines: number, folder: string, signal: NodeJS.Signals) {
  return (child: ChildProcess) => {
    const poll = setInterval(() => {
      if (resultLines(folder).length < lines) return
      clearInterval(poll)
      child.kill(signal)
    }, POLL_MS)
    child.on("close", () => clearInterval(poll))
  }
}
