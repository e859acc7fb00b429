/** `story`: how Sender Keys work, told with the bytes of a real group, as a page or as a document. */
import { join } from "node:path"
import { howItWorksPage } from "../../charts/site/how-it-works.ts"
import { howItWorksMarkdown } from "../../charts/story/markdown.ts"
import type { Story } from "../../results/story.ts"
import { loadFastestSuite } from "../run/suites.ts"
import { recordStory } from "../story/record.ts"
import { EXIT, UsageError } from "./failure.ts"
import { writeFiles } from "./files.ts"
import { parseSeed } from "./options.ts"
import { print } from "./terminal.ts"

export type StoryOptions = { readonly out: string; readonly format: string; readonly seed: unknown }

type Files = ReadonlyMap<string, string>

const FORMATS: ReadonlyMap<string, (recorded: Story) => Files> = new Map([
  ["html", (recorded) => new Map([["how-it-works.html", howItWorksPage(recorded)]])],
  ["markdown", howItWorksMarkdown],
])

/** @returns the exit code */
export async function story({ out, format, seed }: StoryOptions): Promise<number> {
  const filesOf = FORMATS.get(format)
  if (filesOf === undefined)
    throw new UsageError(`--format "${format}": one of ${[...FORMATS.keys()].join(", ")}`)
  const recorded = await recordStory(await loadFastestSuite(), parseSeed(seed))
  const files = filesOf(recorded)
  writeFiles(files, out, "the story")
  print(`${join(out, [...files.keys()][0] as string)}\n`)
  return EXIT.done
}
