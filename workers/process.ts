/** A process of its own for a job that needs much memory: what it takes is this job's alone, and is told. */
import { type ChildProcess, fork } from "node:child_process"
import type { Assignment } from "./entry.ts"
import type { Answer } from "./process-entry.ts"

export type ProcessOptions = {
  /** The module that does the assignment. */
  readonly entry: URL
  /** More JavaScript heap than this and it dies. */
  readonly heapLimitMb: number
  readonly signal: AbortSignal
}

/** Room for what one step leaves behind: most of it is garbage when it is looked at. */
const YOUNG_HEAP_MB = 64

/** Garbage is collected by whoever made it: helpers of one isolate would take the cores from the others. */
const ONE_THREAD = "--single-threaded-gc"

/** @throws Error when the job fails or its process dies; AbortError when the signal says so, the process is gone then */
export async function inProcess(
  assignment: Assignment,
  { entry, heapLimitMb, signal }: ProcessOptions,
): Promise<{ readonly result: unknown; readonly peakRssBytes: number }> {
  signal.throwIfAborted()
  const child = fork(new URL("./process-entry.js", import.meta.url), [entry.href], {
    serialization: "advanced",
    execArgv: [`--max-old-space-size=${heapLimitMb}`, `--max-semi-space-size=${YOUNG_HEAP_MB}`, ONE_THREAD],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  })
  const kill = () => child.kill("SIGKILL")
  signal.addEventListener("abort", kill)
  try {
    child.send(assignment)
    const answer = await answerOf(child)
    signal.throwIfAborted()
    if ("failure" in answer) throw new Error(answer.failure)
    return answer
  } finally {
    signal.removeEventListener("abort", kill)
    kill()
  }
}

/** V8 aborts when a heap is full, and the system kills when all memory is. */
const deathBy = (cause: string): string =>
  `its process ended with ${cause}${/SIGABRT|SIGKILL/.test(cause) ? ", as when memory runs out" : ""}`

function answerOf(child: ChildProcess): Promise<Answer> {
  return new Promise((resolve) => {
    child.once("message", (answer) => resolve(answer as Answer))
    child.once("error", ({ message }) => resolve({ failure: message }))
    child.once("exit", (code, signal) => resolve({ failure: deathBy(signal ?? `exit code ${code}`) }))
  })
}
