/** How `story` is written, and explains itself. */
import type { Argv } from "yargs"
import { NUMBER, PLAN_DEFAULTS, TEXT } from "./options.ts"
import { story } from "./story.ts"

/** @param end - told the exit code */
export function addStoryCommand(parser: Argv, end: (exitCode: number) => void): void {
  parser.command(
    "story",
    "how Sender Keys work, with the bytes of a real group",
    (command) =>
      command
        .option("out", { ...TEXT, default: ".", describe: "folder for the page, or document and pictures" })
        .option("format", { ...TEXT, default: "html", describe: "html or markdown" })
        .option("seed", { ...NUMBER, default: PLAN_DEFAULTS.seed, describe: "of all randomness" })
        .example("$0 story --out /tmp", "writes /tmp/how-it-works.html"),
    async (options) => end(await story(options)),
  )
}
