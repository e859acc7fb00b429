/** `publish`: the static site of published runs. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { Facts } from "../../charts/site/facts.ts"
import type { PublishedRun } from "../../charts/site/site-map.ts"
import { type Competitor, everyCompetitor } from "../../protocols/registry.ts"
import { toDocument } from "../../results/document.ts"
import { samplesFileOf } from "../../results/sample-store.ts"
import { readResults } from "../../results/store.ts"
import { loadFastestSuite } from "../run/suites.ts"
import { recordStory } from "../story/record.ts"
import { overlayOf } from "./charts.ts"
import { asUsage, EXIT, UsageError } from "./failure.ts"
import { writeFiles } from "./files.ts"
import { PLAN_DEFAULTS } from "./options.ts"
import { siteFacts } from "./site-facts.ts"
import { print, report } from "./terminal.ts"

export type PublishOptions = {
  /** Results files, or folders of which every `*.jsonl` is taken. */
  readonly results: readonly string[]
  readonly out: string
}

/** @returns the exit code */
export async function publish({ results, out }: PublishOptions): Promise<number> {
  const runs = refuseTwins(results.flatMap(filesIn).map((file) => ({ file, ...readRun(file) })))
  const facts = await siteFacts(everyCompetitor.filter((competitor) => runs.some(measured(competitor))))
  // Loading the charts takes longer than most commands.
  const { publicationFiles, publicationBinaries } = await import("../../charts/site/publication.ts")
  const story = await recordStory(await loadFastestSuite(), PLAN_DEFAULTS.seed)
  const publication = { runs, facts, story, definitions: readDefinitions() }
  writeFiles(publicationFiles(publication), out, "the site")
  writeFiles(await publicationBinaries(publication), out, "the site")
  print(`${join(out, "index.html")}\n`)
  return verdictOn(facts)
}

/** @throws UsageError when a folder holds no results; what is no folder is left to the reader of results */
function filesIn(path: string): readonly string[] {
  if (!asUsage(() => statSync(path, { throwIfNoEntry: false }))?.isDirectory()) return [path]
  const names = asUsage(() => readdirSync(path, { recursive: true, encoding: "utf8" }))
  const files = names.filter((name) => name.endsWith(".jsonl")).toSorted()
  if (files.length > 0) return files.map((name) => join(path, name))
  throw new UsageError(`${path}: holds no file *.jsonl; give results files, or folders with some in them`)
}

function readRun(file: string): PublishedRun {
  const document = asUsage(() => toDocument(readResults(file)))
  const records = asUsage(() => readFileSync(file, "utf8"))
  const samples = asUsage(() => ifThere(samplesFileOf(file)))
  return { document, records, ...samples, overlay: overlayOf(document, []) }
}

const ifThere = (file: string): Pick<PublishedRun, "samples"> =>
  existsSync(file) ? { samples: readFileSync(file) } : {}

/** @throws UsageError when two files hold the same run */
function refuseTwins<Run extends PublishedRun & { readonly file: string }>(
  runs: readonly Run[],
): readonly Run[] {
  const files = new Map<string, string>()
  for (const { file, document } of runs) {
    const { id } = document.run
    const twin = files.get(id)
    if (twin !== undefined)
      throw new UsageError(`${file}: holds run ${id}, as ${twin} does; give each run once`)
    files.set(id, file)
  }
  return runs
}

/** A protocol of the same name over another channel is somebody else's. */
const measured =
  ({ name, channel }: Competitor) =>
  ({ document: { cells, throughput } }: PublishedRun): boolean =>
    [...cells, ...throughput].some((cell) => cell.protocol === name && cell.channel === channel)

// Compiled, this file is dist/bench/cli/publish.js: the documents lie at the root of the package.
const readDefinitions = (): string =>
  readFileSync(fileURLToPath(new URL("../../../docs/measures.md", import.meta.url)), "utf8")

/** A site that says of a claim that it failed is written all the same. */
function verdictOn({ protocols }: Facts): number {
  const failed = protocols.flatMap(({ name, claims }) =>
    claims.filter(({ passed }) => !passed).map(() => name),
  )
  for (const name of new Set(failed)) report(`${name}: not all is as claimed; see verify --protocols ${name}`)
  return failed.length === 0 ? EXIT.done : EXIT.failed
}
