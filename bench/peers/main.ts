/** `npm run bench:peers`: this project and libsignal in one run. For developers: nothing else here needs libsignal. */
import { takeEnvironment, takeTool } from "../../results/environment.ts"
import { EXIT, UsageError } from "../cli/failure.ts"
import { outliveReaders, print, report } from "../cli/terminal.ts"
import { type BlockRecord, runCampaign } from "./coordinator.ts"
import { HELP, libsignalVersions, type Options, parseOptions } from "./options.ts"
import { CompetitorError, CompetitorProcesses } from "./processes.ts"
import { type PeersDocument, summarize } from "./summary.ts"
import { peersTable } from "./table.ts"

const SEED = 1
/** Long enough for the engine to compile what it will compile, in pure JavaScript too. */
const WARM_UP = { milliseconds: 300, leastPasses: 20 }
const BUDGET = { milliseconds: 50, leastPasses: 5 }

async function compare(blocks: number): Promise<PeersDocument> {
  const versions = libsignalVersions()
  const startedAt = new Date().toISOString()
  const records = await measureAll(blocks)
  return {
    tool: takeTool(),
    environment: takeEnvironment(),
    startedAt,
    seed: SEED,
    blocks,
    libsignalVersions: versions,
    rows: summarize(records),
  }
}

async function measureAll(blocks: number): Promise<BlockRecord[]> {
  const processes = new CompetitorProcesses()
  const campaign = { blocks, seed: SEED, warmUp: WARM_UP, budget: BUDGET }
  const progress = (block: number) => report(block === 0 ? "warmed up" : `block ${block} of ${blocks}`)
  try {
    return await runCampaign(processes.ask, campaign, progress)
  } finally {
    processes.end()
  }
}

async function run({ blocks, output }: Options): Promise<void> {
  if (output === "help") return print(HELP)
  const document = await compare(blocks)
  print(`${output === "json" ? JSON.stringify(document, null, 2) : peersTable(document)}\n`)
}

/** One line for the user; a stack only for our own mistakes. */
function explain(error: unknown): number {
  if (error instanceof UsageError || error instanceof CompetitorError) {
    report(error.message)
    return error instanceof UsageError ? EXIT.usage : EXIT.failed
  }
  report(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return EXIT.failed
}

outliveReaders()
try {
  await run(parseOptions(process.argv.slice(2)))
} catch (error) {
  process.exitCode = explain(error)
}
