/** How `compare` and `baseline` are written, and explain themselves. */
import type { Argv } from "yargs"
import { BASELINE_ACTIONS, baseline } from "./baseline.ts"
import { COMPARED, compare, DETECT_PERCENT, GATES } from "./compare.ts"
import { TEXT } from "./options.ts"

/** @param end - told the exit code */
export function addCompareCommands(parser: Argv, end: (exitCode: number) => void): void {
  addCompare(parser, end)
  addBaseline(parser, end)
}

const RUN = "results.jsonl, its folder, or the name of a baseline"

function addCompare(parser: Argv, end: (exitCode: number) => void): void {
  parser.command(
    "compare <base> [head]",
    "two runs, or the protocols or suites of one: faster, slower, same or too noisy",
    (command) =>
      command
        .positional("base", { type: "string", demandOption: true, describe: RUN })
        .positional("head", {
          type: "string",
          describe: "the run to judge; without it, what base itself holds is compared",
        })
        .option("between", {
          choices: COMPARED,
          requiresArg: true,
          describe: "what is compared within one run [protocols]",
        })
        .option("reference", {
          ...TEXT,
          describe: "protocol that the others are compared with [the first]",
        })
        .option("detect", {
          ...TEXT,
          describe: `smallest change that matters, in per cent [${DETECT_PERCENT}]`,
        })
        .option("fail-on", { ...TEXT, describe: `for two runs: ${GATES.join(",")} end with code 3, 3 and 4` })
        .option("json", { type: "boolean", default: false, describe: "print one JSON document" })
        .example("$0 compare out/before out/after", "two runs of one machine")
        .example(
          "$0 compare main out/after --fail-on regression,counts",
          "a run beside a baseline, for a script",
        )
        .example("$0 compare out/here out/there --reference sender-keys", "runs of two machines")
        .example("$0 compare out/run --between suites", "the suites of one run"),
    (options) => end(compare(options)),
  )
}

function addBaseline(parser: Argv, end: (exitCode: number) => void): void {
  parser.command(
    "baseline <action> [name] [results]",
    "keep runs to compare others with, in .dcgka-bench/baselines",
    (command) =>
      command
        .positional("action", { choices: BASELINE_ACTIONS, demandOption: true })
        .positional("name", { type: "string" })
        .positional("results", { type: "string", describe: "results.jsonl or its folder" })
        .option("json", { type: "boolean", default: false, describe: "list as one JSON document" })
        .example("$0 baseline save main out/20261123T120000-1", "keep a run as main")
        .example("$0 baseline list", "what is kept")
        .example("$0 baseline remove main", "forget it"),
    (options) => end(baseline(options)),
  )
}
