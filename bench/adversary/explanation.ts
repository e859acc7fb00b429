/** Why a check failed, in one line for people. */
import { unreachable } from "../../protocols/errors.ts"
import type { Check } from "./claims.ts"
import { inFull } from "./findings.ts"
import type { ReadFinding } from "./scenarios/setting.ts"

export const explanation = (check: Check): string =>
  `${check.protocol}, ${check.claim} in a group of ${check.groupSize}: ${whyFailed(check)}`

function whyFailed({ claimed, finding }: Check): string {
  switch (finding.kind) {
    case "read":
      return whatWasRead(claimed, finding)
    case "forged":
      return claimed || finding.accepted.length > 0
        ? inFull(finding)
        : "it is not claimed, and yet the impersonator is out"
    default:
      return unreachable(finding)
  }
}

function whatWasRead(claimed: boolean, finding: ReadFinding): string {
  const { opened, derivable, flaw } = finding
  if (flaw !== undefined) return flaw
  return opened === derivable ? notAsClaimed(claimed, finding) : disagreement(finding)
}

/** One adversary has a gap, or the protocol keeps what its honest code does not use. */
function disagreement({ opened, derivable, first }: ReadFinding): string {
  const missed = first === undefined ? "" : `; the first that only one of them read: ${first}`
  return `the derivations lead to ${messages(derivable)}, \`overhear\` opened ${opened}${missed}`
}

function notAsClaimed(claimed: boolean, { opened, first }: ReadFinding): string {
  if (!claimed) return "it is not claimed, and yet nothing was read"
  return `both adversaries read ${messages(opened)}${first === undefined ? "" : `; the first: ${first}`}`
}

const messages = (count: number): string => `${count} message${count === 1 ? "" : "s"}`
