/** A process for each competitor: no code of another one was ever compiled in it. */
import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import type { Ask } from "./coordinator.ts"
import type { BlockTimes, Budget } from "./measure.ts"
import type { Competitor, ScenarioName } from "./rows.ts"

export type Question = { readonly scenario: ScenarioName; readonly budget: Budget }
export type Answer = { readonly times: BlockTimes } | { readonly failure: string }

/** A competitor could not be loaded, died, or misread its own message. */
export class CompetitorError extends Error {}

const ENTRY = fileURLToPath(new URL("./competitor-process.js", import.meta.url))

/** Started when first asked; each then waits, idle, for its next turn. */
export class CompetitorProcesses {
  readonly #children = new Map<Competitor, ChildProcess>()

  /** @throws CompetitorError */
  readonly ask: Ask = async (competitor, scenario, budget) => {
    const child = this.#children.get(competitor) ?? (await this.#start(competitor))
    const answer = await answerTo(child, { scenario, budget })
    if ("failure" in answer) throw new CompetitorError(`${competitor}, ${scenario}: ${answer.failure}`)
    return answer.times
  }

  end(): void {
    for (const child of this.#children.values()) child.kill()
  }

  async #start(competitor: Competitor): Promise<ChildProcess> {
    const child = fork(ENTRY, [competitor], { stdio: ["ignore", "ignore", "inherit", "ipc"] })
    this.#children.set(competitor, child)
    // A question sent before it listens would be lost: its first word says that it does
    await Promise.race([once(child, "message"), once(child, "exit")])
    return child
  }
}

function answerTo(child: ChildProcess, question: Question): Promise<Answer> {
  return new Promise((resolve) => {
    const ended = () => resolve({ failure: "its process has ended" })
    child.once("exit", ended)
    child.once("message", (answer: Answer) => {
      child.off("exit", ended)
      resolve(answer)
    })
    child.send(question, (error) => error && ended())
  })
}
