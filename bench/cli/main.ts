#!/usr/bin/env -S node --single-threaded
/** The command line: the only place where the parts meet. */
import yargs from "yargs"
import { takeVersion } from "../../results/environment.ts"
import { addChartsCommand } from "./charts-command.ts"
import { addCompareCommands } from "./compare-command.ts"
import { DOCTOR_OPTIONS, doctor } from "./doctor.ts"
import { EXPORT_OPTIONS, exportResults } from "./export.ts"
import { EXIT, UsageError } from "./failure.ts"
import { list } from "./list.ts"
import { CHANNEL, checkCommandLine, NUMBER, PLAN_DEFAULTS, PLAN_OPTIONS, TEXT, TREE } from "./options.ts"
import { PRICE_BLOCKS, prices } from "./prices.ts"
import { addPublishCommand } from "./publish-command.ts"
import { run } from "./run.ts"
import { schema } from "./schema.ts"
import { addStoryCommand } from "./story-command.ts"
import { outliveReaders, report } from "./terminal.ts"
import { addTheoryCommands } from "./theory-command.ts"
import { throughput } from "./throughput.ts"
import { throughputOptions } from "./throughput-command.ts"
import { VERIFIED_SIZES, verify } from "./verify.ts"

let exitCode: number = EXIT.done

const COMMANDS =
  "run, throughput, compare, baseline, charts, complexity, crossover, story, export, publish, verify, prices, doctor, list, schema"

const parser = yargs(process.argv.slice(2))
  // Numbers are read by us, so that a refusal quotes what was written; an option is what its name says.
  .parserConfiguration({ "parse-numbers": false, "dot-notation": false, "boolean-negation": false })
  .scriptName("dcgka-bench")
  .version(takeVersion()) // left to itself yargs looks in the user's project, and nowhere where our folder's name has a dot
  .usage("Compare group key agreement for secure messaging by group size.\n\n$0 <command> [options]")
  .command(
    "run",
    "measure; write results and charts",
    (command) =>
      command
        .option("protocols", { ...TEXT, describe: "names, comma-separated [all]" })
        .option("channel", CHANNEL)
        .option("tree", TREE)
        .option("sizes", { ...TEXT, describe: `4,8,16 or 2..128x2 or 4..12+2 [${PLAN_DEFAULTS.sizes}]` })
        .option("operations", { ...TEXT, describe: "names, comma-separated [all that a protocol has]" })
        .option("suite", { ...TEXT, describe: `noble, native or noble,native [${PLAN_DEFAULTS.suite}]` })
        .option("blocks", {
          ...NUMBER,
          describe: `how often everything is timed [${PLAN_DEFAULTS.blocks}]`,
        })
        .option("budget", {
          ...NUMBER,
          describe: `milliseconds for which a block times a cell, after a warm-up of 3 times as long [${PLAN_DEFAULTS.budget}]`,
        })
        .option("seed", { ...NUMBER, describe: `of all randomness [${PLAN_DEFAULTS.seed}]` })
        .option("payload", { ...NUMBER, describe: `bytes of a message [${PLAN_DEFAULTS.payload}]` })
        .option("period", {
          ...NUMBER,
          describe: `periodic-sender-keys: messages that a member sends before it renews its key [${PLAN_DEFAULTS.period}]`,
        })
        .option("threads", {
          ...NUMBER,
          describe: "worker threads for jobs that only count [all cores]",
        })
        .option("predict", {
          ...TEXT,
          describe: "price list (see prices): count only, and predict times from it",
        })
        .conflicts("predict", ["suite", "blocks"])
        .option("out", { ...TEXT, describe: "folder for results and charts [out/<run id>]" })
        .option("resume", {
          ...TEXT,
          describe: "continue the interrupted run in this folder, with its own options",
        })
        .conflicts("resume", [...PLAN_OPTIONS, "out"])
        .option("quick", { type: "boolean", describe: "small groups, short timing, no noise floor" })
        .option("dry-run", { type: "boolean", default: false, describe: "print the jobs without doing them" })
        .option("json", { type: "boolean", default: false, describe: "print one JSON document" })
        .example("$0 run", "all protocols in groups of 4, 16 and 64, on both suites")
        .example("$0 run --suite native --sizes 8..128x2", "larger groups, compiled cryptography")
        .example("$0 run --protocols sender-keys,pairwise --operations heal --json", "for a script")
        .example("$0 run --predict phone.json --sizes 2..256x2", "what it would cost elsewhere")
        .example("$0 run --resume out/20261123T120000-1", "finish an interrupted run"),
    async (options) => {
      exitCode = await run(options)
    },
  )
  .command(
    "throughput",
    "messages per second of groups on worker threads",
    throughputOptions,
    async (options) => {
      exitCode = await throughput(options)
    },
  )
  .command(
    "export <results>",
    "the figures of a run for other programs and for papers",
    (command) =>
      command
        .positional("results", { type: "string", demandOption: true, describe: "as for charts" })
        .options(EXPORT_OPTIONS)
        .example("$0 export out/20261123T120000-1 --format latex > tables.tex", "tables for a paper")
        .example("$0 export out/20261123T120000-1 --format csv --table samples", "every timed iteration"),
    (options) => {
      exitCode = exportResults(options)
    },
  )
  .command(
    "verify",
    "test every claim, and every claim not made, against the adversaries",
    (command) =>
      command
        .option("protocols", {
          ...TEXT,
          describe: "names, comma-separated [all, over all channels, with all trees]",
        })
        .option("channel", CHANNEL)
        .option("tree", TREE)
        .option("suite", { ...TEXT, default: "native", describe: "noble or native" })
        .option("size", {
          ...TEXT,
          default: VERIFIED_SIZES,
          describe: "devices in the group; of several sizes, --markdown shows 5",
        })
        .option("seed", { ...NUMBER, default: PLAN_DEFAULTS.seed, describe: "of all randomness" })
        .option("period", { ...NUMBER, default: PLAN_DEFAULTS.period, describe: "as for run" })
        .option("json", { type: "boolean", describe: "print one JSON document" })
        .option("markdown", { type: "boolean", describe: "print the tables of docs/claims.md" })
        .conflicts("markdown", "json")
        .example("$0 verify --protocols sender-keys --size 5", "one protocol in one group"),
    async (options) => {
      exitCode = await verify(options)
    },
  )
  .command(
    "prices",
    "what each cryptographic operation costs on this machine",
    (command) =>
      command
        .option("suite", { ...TEXT, describe: "noble, native or noble,native [noble,native]" })
        .option("blocks", { ...NUMBER, describe: `how often everything is measured [${PRICE_BLOCKS}]` })
        .option("check", {
          type: "boolean",
          default: false,
          describe: "measure cells too, and compare them with what the prices predict",
        })
        .option("out", { ...TEXT, describe: "file for the price list; one suite only" })
        .option("json", { type: "boolean", default: false, describe: "print one JSON document" })
        .example("$0 prices --suite native --out prices.json", "a list for run --predict")
        .example("$0 prices --check", "how far predictions are from measurements here"),
    async (options) => {
      exitCode = await prices(options)
    },
  )
  .command(
    "doctor",
    "is this machine fit to measure?",
    (command) =>
      command.options(DOCTOR_OPTIONS).example("$0 doctor --strict", "for a script: code 1 on any warning"),
    async (options) => {
      exitCode = await doctor(options)
    },
  )
  .command(
    "list",
    "protocols with their claims and costs; operations; suites",
    (command) =>
      command
        .option("json", { type: "boolean", default: false, describe: "print one JSON document" })
        .example("$0 list --json", "the same for a script"),
    (options) => {
      exitCode = list(options)
    },
  )
  .command(
    "schema",
    "JSON Schema of a line of a results file",
    (command) => command.example("$0 schema > results.schema.json", "for a validator"),
    () => {
      exitCode = schema()
    },
  )
  .demandCommand(1, `a command is missing: ${COMMANDS}`)
  .strict()
  .strictCommands()
  .check(checkCommandLine)
  .wrap(Math.min(120, process.stdout.columns ?? 120))
  .epilogue(
    "Exit codes: 0 done, 1 a run or check failed, 2 bad usage or input, 3 regression, 4 too noisy, 130 interrupted.",
  )
  .exitProcess(false)
  .fail((message, error) => {
    const allowed = message?.startsWith("Unknown command") ? ` (commands: ${COMMANDS})` : ""
    if (error !== undefined && error.name !== "YError") throw error
    throw new UsageError(`${message ?? error?.message}${allowed}; see --help`)
  })

/** One line for the user; a stack only for our own mistakes. */
function explain(error: unknown): number {
  if (error instanceof UsageError) {
    report(error.message)
    return EXIT.usage
  }
  report(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return EXIT.failed
}

const end = (code: number): void => {
  exitCode = code
}
addChartsCommand(parser, end)
addCompareCommands(parser, end)
addTheoryCommands(parser, end)
addStoryCommand(parser, end)
addPublishCommand(parser, end)
outliveReaders()
try {
  await parser.parseAsync()
} catch (error) {
  exitCode = explain(error)
}
process.exitCode ||= exitCode
