/** A competitor, loaded alone; its scenarios are prepared once and stay alive from block to block. */
import type { CreateSuite } from "../../protocols/crypto/suite.ts"
import { unreachable } from "../../protocols/errors.ts"
import { monotonicClock } from "../meter/clock.ts"
import { clockedSuites } from "../meter/suite-clock.ts"
import { loadSuite } from "../run/suites.ts"
import { here } from "./here.ts"
import { senderKeysOf } from "./libsignal.ts"
import { type BlockTimes, type Budget, measure, type Underway } from "./measure.ts"
import type { Competitor, ScenarioName } from "./rows.ts"
import { type Implementation, prepare } from "./scenarios.ts"

/** Runs one block. */
type Contestant = (scenario: ScenarioName, budget: Budget) => Promise<BlockTimes>

export async function loadCompetitor(name: Competitor): Promise<Contestant> {
  switch (name) {
    case "native":
    case "noble":
      return ours(await loadSuite(name))
    case "libsignal-current":
      return theirs(await libsignalCurrent())
    case "libsignal-x3dh":
      return theirs(await libsignalX3dh())
    default:
      return unreachable(name)
  }
}

function ours(createSuite: CreateSuite): Contestant {
  const { createSuite: createClocked, suiteClock } = clockedSuites(createSuite, monotonicClock)
  const [plain, clocked] = [here(createSuite), here(createClocked)]
  return contestant(async (scenario) => ({
    pass: await prepare(plain, scenario),
    clocked: { pass: await prepare(clocked, scenario), suiteClock },
  }))
}

const theirs = (implementation: Implementation): Contestant =>
  contestant(async (scenario) => ({ pass: await prepare(implementation, scenario) }))

function contestant(begin: (scenario: ScenarioName) => Promise<Underway>): Contestant {
  const begun = new Map<ScenarioName, Underway>()
  return async (scenario, budget) => {
    const underway = begun.get(scenario) ?? (await begin(scenario))
    begun.set(scenario, underway)
    return await measure(scenario, underway, budget)
  }
}

async function libsignalCurrent(): Promise<Implementation> {
  return {
    senderAndReceiver: senderKeysOf(await import("@signalapp/libsignal-client")),
    strangers() {
      throw new Error("sessions of version 4 are not compared")
    },
  }
}

async function libsignalX3dh(): Promise<Implementation> {
  const { LibsignalDevice } = await import("../../protocols/vectors/libsignal-device.ts")
  return {
    // The older declarations ask for Buffers where these ask for Uint8Arrays; either will do for both
    senderAndReceiver: senderKeysOf((await import("libsignal-sessions")) as never),
    strangers() {
      const [alice, bob] = [new LibsignalDevice(), new LibsignalDevice()]
      const bundle = bob.bundle(1)
      return { alice, bob, initiate: () => alice.initiate(bundle) }
    },
  }
}
