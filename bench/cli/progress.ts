/** Progress on stderr: one line that is repainted on a terminal, a plain line now and then elsewhere. */
/** Where lines go, and whether it is a terminal. */
export type ProgressStream = { readonly isTTY?: boolean; write(text: string): unknown }

const REPAINT_MS = 500
const PLAIN_LINE_MS = 10_000
/** Before so much of the work is done, the time left would be a guess. */
const TELLING_SHARE = 0.05

export class Progress {
  readonly #stream: ProgressStream
  readonly #now: () => number
  readonly #started: number
  #lastPaint: number
  #doneCost = 0
  #totalCost = 0

  constructor(stream: ProgressStream, now: () => number = Date.now) {
    this.#stream = stream
    this.#now = now
    this.#started = now()
    this.#lastPaint = this.#started // the first jobs say nothing about the time left
  }

  /** Announce work; costs need not have a unit, only proportions. */
  expect(cost: number): void {
    this.#totalCost += cost
  }

  done(cost: number, label: string): void {
    this.#doneCost += cost
    const interval = this.#stream.isTTY ? REPAINT_MS : PLAIN_LINE_MS
    if (this.#now() - this.#lastPaint < interval) return
    this.#lastPaint = this.#now()
    this.#paint(label)
  }

  /** Leave the terminal with an empty line to write on. */
  end(): void {
    if (this.#stream.isTTY) this.#stream.write("\r\u001b[K")
  }

  #paint(label: string): void {
    const share = Math.min(1, this.#doneCost / this.#totalCost)
    const elapsed = this.#now() - this.#started
    const left = share < TELLING_SHARE ? "" : `about ${roundedTime((elapsed * (1 - share)) / share)} left`
    const text = `${String(Math.floor(share * 100)).padStart(3)} %  ${left.padEnd(18)} ${label}`
    this.#stream.write(this.#stream.isTTY ? `\r\u001b[K${text}` : `${text}\n`)
  }
}

/** As exact as a guess may be: seconds to a minute and a half, then minutes. */
function roundedTime(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1e3))
  return seconds <= 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}
