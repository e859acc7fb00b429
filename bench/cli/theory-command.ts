/** How `complexity` and `crossover` are written, and explain themselves. */
import type { Argv } from "yargs"
import { complexity } from "./complexity.ts"
import { crossover, MESSAGES_PER_HEAL } from "./crossover.ts"
import { NUMBER, TEXT } from "./options.ts"

/** @param end - told the exit code */
export function addTheoryCommands(parser: Argv, end: (exitCode: number) => void): void {
  parser
    .command(
      "complexity <results>",
      "how costs grow with the group: claimed, counted, fitted",
      (command) =>
        command
          .positional("results", RESULTS)
          .option("json", JSON_DOCUMENT)
          .example("$0 complexity out/20261123T120000-1", "after a run of three sizes or more"),
      (options) => end(complexity(options)),
    )
    .command(
      "crossover <results>",
      "from which group size one protocol costs less than another",
      (command) =>
        command
          .positional("results", RESULTS)
          .option("protocols", { ...TEXT, describe: "names, comma-separated: each with each [all]" })
          .option("messages-per-heal", {
            ...NUMBER,
            default: MESSAGES_PER_HEAL,
            describe: "application messages that the group sends between two heals",
          })
          .option("measure", { ...TEXT, describe: "messages, bytes, cpu, comma-separated [all]" })
          .option("json", JSON_DOCUMENT)
          .example("$0 crossover out/20261123T120000-1 --messages-per-heal 20", "a group that heals often"),
      (options) => end(crossover(options)),
    )
}

const RESULTS = { type: "string", demandOption: true, describe: "results.jsonl or its folder" } as const
const JSON_DOCUMENT = { type: "boolean", default: false, describe: "print one JSON document" } as const
