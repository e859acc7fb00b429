/** The two streams: data on stdout, everything said about it on stderr. */
import { EXIT } from "./failure.ts"

export function print(text: string): void {
  process.stdout.write(text)
}

export function report(line: string): void {
  process.stderr.write(`dcgka-bench: ${line}\n`)
}

/**
 * Whoever reads our output may leave (`| head -1`): then the work goes on unheard. Output that is lost for any
 * other reason, such as a full disk, is a failure.
 */
export function outliveReaders(): void {
  process.stderr.on("error", () => {})
  process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    if (code === "EPIPE" || process.exitCode === EXIT.failed) return
    report(`cannot write the output: ${message}`)
    process.exitCode = EXIT.failed
  })
}

/** Colour only on a terminal that wants it (https://no-color.org). */
export const stdoutColour = (): "always" | "never" =>
  process.stdout.isTTY && !process.env.NO_COLOR ? "always" : "never"

const WIDTH_ELSEWHERE = 120

export const terminalWidth = (): number => process.stdout.columns ?? WIDTH_ELSEWHERE
