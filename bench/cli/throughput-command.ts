/** How `throughput` is written, and explains itself. */
import type { Argv } from "yargs"
import { CHANNEL, NUMBER, PLAN_DEFAULTS, TEXT, TREE } from "./options.ts"
import { THROUGHPUT_DEFAULTS } from "./throughput.ts"

export const throughputOptions = (command: Argv) =>
  command
    .option("protocols", { ...TEXT, describe: "names, comma-separated [all]" })
    .option("channel", CHANNEL)
    .option("tree", TREE)
    .option("sizes", { ...TEXT, describe: `as for run [${THROUGHPUT_DEFAULTS.sizes}]` })
    .option("suite", { ...TEXT, describe: `noble, native or noble,native [${PLAN_DEFAULTS.suite}]` })
    .option("threads", {
      ...TEXT,
      describe: "numbers of worker threads, written like sizes [1, 2, 4 up to the cores]",
    })
    .option("blocks", { ...NUMBER, describe: `how often everything is measured [${PLAN_DEFAULTS.blocks}]` })
    .option("seconds", {
      ...NUMBER,
      describe: `how long each measurement lasts [${THROUGHPUT_DEFAULTS.seconds}]`,
    })
    .option("seed", { ...NUMBER, describe: `of all randomness [${PLAN_DEFAULTS.seed}]` })
    .option("payload", { ...NUMBER, describe: `bytes of a message [${PLAN_DEFAULTS.payload}]` })
    .option("period", { ...NUMBER, describe: `as for run [${PLAN_DEFAULTS.period}]` })
    .option("out", { ...TEXT, describe: "folder for results and charts [out/<run id>]" })
    .option("json", { type: "boolean", default: false, describe: "print one JSON document" })
    .example("$0 throughput", "all protocols, sizes 2 to 32, on both suites")
    .example("$0 throughput --suite native --sizes 2..64x2 --blocks 6", "compiled, with closer intervals")
    .example("$0 throughput --protocols pairwise --threads 1..4+1 --json", "for a script")
