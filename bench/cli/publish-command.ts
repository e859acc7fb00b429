/** How `publish` is written, and explains itself. */
import type { Argv } from "yargs"
import { TEXT } from "./options.ts"
import { publish } from "./publish.ts"

/** @param end - told the exit code */
export function addPublishCommand(parser: Argv, end: (exitCode: number) => void): void {
  parser.command(
    "publish [results..]",
    "write the static site of published runs",
    (command) =>
      command
        .positional("results", {
          type: "string",
          array: true,
          default: ["results/data"],
          describe: "results files, or folders with *.jsonl in them",
        })
        .option("out", { ...TEXT, default: "out/site", describe: "folder for the site" })
        .example("$0 publish", "the runs in results/data, to out/site/index.html")
        .example("$0 publish out/20261123T120000-1 --out /tmp/site", "your own run"),
    async (options) => end(await publish(options)),
  )
}
