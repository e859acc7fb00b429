/** How `charts` is written, and explains itself. */
import type { Argv } from "yargs"
import { published } from "../../results/published/published.ts"
import { charts } from "./charts.ts"
import { TEXT } from "./options.ts"
import { PAPER_DEFAULTS } from "./paper.ts"

const PUBLISHED_NAMES = published.map(({ name }) => name).join(", ")

/** @param end - told the exit code */
export function addChartsCommand(parser: Argv, end: (exitCode: number) => void): void {
  parser.command(
    "charts <results>",
    "draw the charts of a results file or folder",
    (command) =>
      command
        .positional("results", {
          type: "string",
          demandOption: true,
          describe: "results.jsonl or its folder",
        })
        .option("out", { ...TEXT, default: ".", describe: "folder in which charts/ or figures/ is made" })
        .option("figure", {
          ...TEXT,
          describe: "one figure for a paper, with its data and caption [all, as a page]",
        })
        .option("format", { ...TEXT, describe: `svg, png or pdf [${PAPER_DEFAULTS.format}]` })
        .option("width", { ...TEXT, describe: `on paper, in mm, in or px [${PAPER_DEFAULTS.width}]` })
        .implies({ format: "figure", width: "figure" })
        .option("published", {
          ...TEXT,
          describe: `figures of others to draw over bytes and CPU times, comma-separated: ${PUBLISHED_NAMES}`,
        })
        .example("$0 charts out/20261123T120000-1 --out /tmp", "writes /tmp/charts/index.html")
        .example("$0 charts results.jsonl --published dcgka-prototype", "beside what its authors measured")
        .example("$0 charts results.jsonl --figure healing --width 84mm", "a column wide, as PDF"),
    async (options) => end(await charts(options)),
  )
}
