/** The whole life of a competitor's process: it waits to be asked for a block. Its argument is its name. */
import { loadCompetitor } from "./competitor.ts"
import type { Answer, Question } from "./processes.ts"
import type { Competitor } from "./rows.ts"

const contestant = loadCompetitor(process.argv[2] as Competitor)
contestant.catch(() => {}) // whoever asks is told

async function answerTo({ scenario, budget }: Question): Promise<Answer> {
  try {
    return { times: await (await contestant)(scenario, budget) }
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) }
  }
}

process.on("message", async (question: Question) => {
  process.send?.(await answerTo(question))
})
process.send?.("listening")
