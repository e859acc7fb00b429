/** A made-up site for the tests of this folder. */
import type { GrowthRow } from "../../results/growth.ts"
import type { ResultDocument } from "../../results/schema.ts"
import { fixtureDocument } from "../specs/fixture.ts"
import { NO_OVERLAY } from "../specs/frame.ts"
import { withThroughput } from "../specs/throughput-fixture.ts"
import { fixtureStory } from "../story/fixture.ts"
import type { Facts } from "./facts.ts"
import type { Publication } from "./publication.ts"
import type { PublishedRun } from "./site-map.ts"

export const FIXTURE_FACTS: Facts = {
  verification: { groupSize: 5, seed: 1 },
  protocols: [
    {
      name: "sender-keys",
      channel: "signal",
      summary: "A key for sending, given to everybody.",
      source: "somewhere",
      healing: ["The victim sends.", "Everybody renews."],
      claims: [
        {
          about: "secrecy",
          says: "The past stays closed",
          claimed: true,
          passed: true,
          opened: 0,
          derivable: 0,
        },
        {
          about: "healing",
          says: "The victim alone renews",
          claimed: false,
          passed: true,
          opened: 8,
          derivable: 8,
        },
        { about: "healing", says: "All renew", claimed: true, passed: false, opened: 1, derivable: 0 },
        {
          about: "impersonation",
          says: "All renew",
          claimed: false,
          passed: true,
          accepted: ["speaks (4 of 4)", "removes (3 of 3)"],
        },
      ],
    },
  ],
}

const GROWTH: GrowthRow = {
  protocol: "sender-keys",
  channel: "signal",
  operation: "heal",
  measure: "messages",
  claimed: "n²",
  formulas: [{ measure: "twoParty", formula: "n² − n" }],
  counts: "as-claimed",
  sizes: 3,
  fit: null,
  times: [],
}

/** Two known protocols, one over another channel, one that nobody knows, and one that does not heal. */
export const FIXTURE_PROTOCOLS = ["sender-keys", "pairwise", "sender-keys/2sm", "stranger"]

/** Two runs: one timed on both suites and with throughput, an older one that only counted. */
export function fixturePublication(): Publication {
  const document = fixtureDocument({
    protocols: FIXTURE_PROTOCOLS,
    suites: ["noble", "native"],
    unhealed: ["stranger"],
  })
  const older = fixtureDocument({ timed: "counted only", sizes: [4, 8] })
  const run = { ...older.run, id: "run-0", startedAt: "2026-10-01T10:00:00Z" }
  return {
    runs: [published({ ...older, run }), published(withThroughput(document))],
    facts: FIXTURE_FACTS,
    story: fixtureStory(),
    definitions: "# What each number means\n\n## The model\n\nA **cell**.\n",
  }
}

export const published = (document: ResultDocument): PublishedRun => ({
  document,
  overlay: { ...NO_OVERLAY, growth: [GROWTH] },
  records: `{"kind":"run","id":"${document.run.id}"}\n`,
})
