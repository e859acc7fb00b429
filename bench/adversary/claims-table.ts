/** What competitors promise and what the adversaries found, as a table in Markdown: docs/claims.md is one. */
import type { Check, CheckName } from "./claims.ts"

/** What a claim says, and the scenario that is played for it, in the reader's words. */
export const CLAIM_TEXTS: Readonly<Record<CheckName, string>> = {
  closedToEavesdroppers: "An eavesdropper who has stolen nothing reads nothing",
  forwardSecrecy: "Messages received before the theft stay closed (delivered in any order)",
  joinerCannotReadPast: "A newcomer reads nothing sent before it was added",
  removedCannotReadFuture: "A removed member reads nothing sent after the others learnt of it",
  healsAfterOwnUpdate: "The victim alone renews",
  healsAfterOthersUpdate: "Everybody but the victim renews, one after another",
  healsAfterChannelSteps: "The victim's channels take three steps, nobody renews",
  healsAfterEveryonesUpdate: "All renew at once, without channel steps first",
  healsAfterAllButOneUpdate: "Channel steps, then all but one member renew",
  healsAfterChannelStepsThenUpdates: "Channel steps, then all renew",
  healsAfterRemovalOfAnother: "The victim removes another member",
  healsAfterRemovalByAnother: "Somebody else removes a third",
  healsInTraffic: "Nobody notices; all go on talking for four renewal periods",
  healsByItsRounds: "The rounds that `heal` counts",
  everyByteIsAccountedFor: "Every byte of states and packets is accounted for",
}

/**
 * One row for each claim, one column for each competitor. A promise that held is "yes"; one that is not made shows
 * how many messages both adversaries read; anything else is a failure and says so.
 */
export function claimsTable(checks: readonly Check[]): string {
  const protocols = [...new Set(checks.map(({ protocol }) => protocol))]
  const claims = [...new Set(checks.map(({ claim }) => claim))]
  const rowOf = (claim: CheckName) => {
    const found = protocols.map((name) =>
      checks.find((check) => check.protocol === name && check.claim === claim),
    )
    return row([CLAIM_TEXTS[claim], ...found.map(cellOf)])
  }
  const head = ["", ...protocols.map((name) => `\`${name}\``)]
  return [row(head), row(head.map(() => "---")), ...claims.map(rowOf)].join("")
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`

function cellOf(check: Check | undefined): string {
  if (check === undefined) return "–"
  const { passed, claimed, finding } = check
  if (!passed)
    return `**FAILED**: ${finding.flaw ?? `${finding.opened} opened, ${finding.derivable} derivable`}`
  return claimed ? "yes" : `no: ${finding.opened} read`
}
