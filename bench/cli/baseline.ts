/** `baseline`: keep runs to compare others with. */
import type { RunHeader } from "../../results/schema.ts"
import { type Baseline, listBaselines, removeBaseline, saveBaseline } from "./baselines.ts"
import { EXIT, UsageError } from "./failure.ts"
import { print } from "./terminal.ts"

export const BASELINE_ACTIONS = ["save", "list", "remove"] as const

export type BaselineOptions = {
  readonly action: (typeof BASELINE_ACTIONS)[number]
  readonly name: string | undefined
  readonly results: string | undefined
  readonly json: boolean
}

/** @returns the exit code */
export function baseline({ action, name, results, json }: BaselineOptions): number {
  switch (action) {
    case "save":
      saveBaseline(needed(name, "save <name> <results>"), needed(results, "save <name> <results>"))
      return EXIT.done
    case "remove":
      refuse(results, "remove <name>")
      removeBaseline(needed(name, "remove <name>"))
      return EXIT.done
    case "list":
      refuse(name, "list")
      print(json ? `${JSON.stringify({ baselines: listBaselines().map(described) }, null, 2)}\n` : lines())
      return EXIT.done
  }
}

function needed(argument: string | undefined, usage: string): string {
  if (argument === undefined) throw new UsageError(`baseline ${usage}: an argument is missing`)
  return argument
}

function refuse(argument: string | undefined, usage: string): void {
  if (argument !== undefined) throw new UsageError(`"${argument}" is too much: baseline ${usage}`)
}

function described({ name, records }: Baseline) {
  const { id, startedAt, tool, environment } = records[0] as RunHeader
  const isFinished = records.at(-1)?.kind === "end"
  return {
    name,
    run: id,
    startedAt,
    commit: tool.commit,
    cpu: environment.cpu,
    node: environment.node,
    isFinished,
  }
}

const lines = (): string =>
  listBaselines()
    .map(described)
    .map((each) => {
      const unfinished = each.isFinished ? "" : ", unfinished"
      const { name, run, commit, startedAt, cpu, node } = each
      return `${name}  run ${run} (${commit}), ${startedAt}, ${cpu}, Node ${node}${unfinished}\n`
    })
    .join("")
