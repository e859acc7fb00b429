/** What a finding says: whether anything was found, whether it can be trusted, and the same in words. */
import { unreachable } from "../../protocols/errors.ts"
import type { Accepted, Finding } from "./scenarios/setting.ts"

/** Whether the adversaries could do nothing that they should not, and nothing else was wrong. */
export function isNothing(finding: Finding): boolean {
  switch (finding.kind) {
    case "read":
      return finding.opened === 0 && finding.derivable === 0 && finding.flaw === undefined
    case "forged":
      return finding.accepted.length === 0
    default:
      return unreachable(finding)
  }
}

/** The two adversaries who read must agree, and find all accounted for; a forgery that is refused must leave no trace. */
export function isSound(finding: Finding): boolean {
  switch (finding.kind) {
    case "read":
      return finding.opened === finding.derivable && finding.flaw === undefined
    case "forged":
      return finding.disturbances === 0
    default:
      return unreachable(finding)
  }
}

/** For a cell of a table. */
export function inBrief(finding: Finding): string {
  switch (finding.kind) {
    case "read":
      return `${finding.opened} read`
    case "forged":
      return finding.accepted.map(({ deed }) => deed).join(", ")
    default:
      return unreachable(finding)
  }
}

export function inFull(finding: Finding): string {
  switch (finding.kind) {
    case "read":
      return finding.flaw ?? `thief opened ${finding.opened}, derivable ${finding.derivable}`
    case "forged":
      return [stillDone(finding.accepted), ...traces(finding.disturbances)].join("; ")
    default:
      return unreachable(finding)
  }
}

/** `speaks (3 of 4)`: three of the four who could took it. */
export const acceptedInFull = ({ deed, members, of }: Accepted): string => `${deed} (${members} of ${of})`

const stillDone = (accepted: readonly Accepted[]): string =>
  accepted.length === 0 ? "impersonator out" : `impersonator ${accepted.map(acceptedInFull).join(", ")}`

const traces = (count: number): string[] =>
  count === 0 ? [] : [`${count} refused forgeries changed a state`]
