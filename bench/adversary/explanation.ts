/** Why a check failed, in one line for people. */
import type { Check } from "./claims.ts"

export function explanation(check: Check): string {
  const { protocol, groupSize, claim, finding } = check
  const { opened, derivable, flaw } = finding
  const what = flaw ?? (opened === derivable ? notAsClaimed(check) : disagreement(check))
  return `${protocol}, ${claim} in a group of ${groupSize}: ${what}`
}

/** One adversary has a gap, or the protocol keeps what its honest code does not use. */
function disagreement({ finding: { opened, derivable, first } }: Check): string {
  const missed = first === undefined ? "" : `; the first that only one of them read: ${first}`
  return `the derivations lead to ${messages(derivable)}, \`overhear\` opened ${opened}${missed}`
}

function notAsClaimed({ claimed, finding: { opened, first } }: Check): string {
  if (!claimed) return "it is not claimed, and yet nothing was read"
  return `both adversaries read ${messages(opened)}${first === undefined ? "" : `; the first: ${first}`}`
}

const messages = (count: number): string => `${count} message${count === 1 ? "" : "s"}`
