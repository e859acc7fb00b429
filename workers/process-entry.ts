/**
 * A process's whole life: one assignment for the module that it was told of, whose default export does it as a
 * thread's would. Its answer goes with the most memory that the process ever held.
 */
import type { Assignment } from "./entry.ts"

export type Answer =
  | { readonly result: unknown; readonly peakRssBytes: number }
  | { readonly failure: string }

type Entry = { readonly default: (assignment: Assignment) => Promise<unknown> }

const KILOBYTE = 1024

async function answer(assignment: Assignment): Promise<Answer> {
  try {
    const entry = (await import(process.argv[2] as string)) as Entry
    const result = await entry.default(assignment)
    return { result, peakRssBytes: process.resourceUsage().maxRSS * KILOBYTE }
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) }
  }
}

process.on("disconnect", () => process.exit()) // nobody waits for the answer
process.once("message", async (assignment: Assignment) => {
  process.send?.(await answer(assignment), () => process.disconnect())
})
