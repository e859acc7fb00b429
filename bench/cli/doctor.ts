/** `doctor`: is this machine fit to measure? */
import { availableParallelism } from "node:os"
import { styleText } from "node:util"
import { readSystem } from "../../results/machine.ts"
import { examine, type Finding } from "../doctor/examine.ts"
import { monotonicClock } from "../meter/clock.ts"
import { loadFixedWork } from "../run/lookout.ts"
import { EXIT } from "./failure.ts"
import { print, stdoutColour } from "./terminal.ts"

export const DOCTOR_OPTIONS = {
  strict: { type: "boolean", default: false, describe: "exit code 1 on any warning" },
  json: { type: "boolean", default: false, describe: "print one JSON document" },
} as const

/** @returns the exit code */
export async function doctor({
  strict,
  json,
}: {
  readonly strict: boolean
  readonly json: boolean
}): Promise<number> {
  const work = await loadFixedWork()
  const machine = { read: readSystem, clock: monotonicClock, work, cores: availableParallelism() }
  const checks = examine(machine)
  const warnings = checks.filter(({ verdict }) => verdict === "warning").length
  if (json) print(`${JSON.stringify({ fit: warnings === 0, warnings, checks }, null, 2)}\n`)
  else print(`${checks.map(lines).join("")}${summary(warnings)}\n`)
  return strict && warnings > 0 ? EXIT.failed : EXIT.done
}

const INDENT = " ".repeat("warning  ".length)

function lines({ name, verdict, found, advice }: Finding): string {
  const line = `${paint(verdict)}${name.padEnd(10)}${found}\n`
  return advice === "" ? line : `${line}${INDENT}${" ".repeat(10)}→ ${advice}\n`
}

function paint(verdict: Finding["verdict"]): string {
  const text = verdict.padEnd(INDENT.length)
  return verdict === "warning" && stdoutColour() === "always" ? styleText("red", text) : text
}

function summary(warnings: number): string {
  if (warnings === 0) return "Fit to measure, as far as can be seen."
  const [are, s] = warnings === 1 ? ["is", ""] : ["are", "s"]
  return `There ${are} ${warnings} warning${s}: times here are less certain. Counts are exact on any machine.`
}
