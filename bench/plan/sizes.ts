/** Group sizes as a user writes them: `4,8,16`, `2..128x2` (by factor), `4..12+2` (by step), or a mix. */

const ONE_SIZE = /^\d+$/
const RANGE = /^(\d+)\.\.(\d+)([x+])(\d+)$/
const GRAMMAR = "write 8, 2..128x2 (by factor), 4..12+2 (by step) or several of them with commas"
const SMALLEST = 2
const LARGEST = 1024

/**
 * @returns sizes from 2 to 1024, ascending, each once
 * @throws Error with one line: what is wrong and what is allowed
 */
export function parseSizes(text: string): number[] {
  const parts = text.split(",").map((part) => part.trim())
  if (parts.includes("")) throw refusal(text, GRAMMAR)
  const sizes = new Set(parts.flatMap(parsePart))
  return [...sizes].sort((a, b) => a - b)
}

function parsePart(part: string): number[] {
  const range = RANGE.exec(part)
  if (range !== null) return parseRange(part, range)
  if (!ONE_SIZE.test(part)) throw refusal(part, GRAMMAR)
  return [checked(part, Number(part))]
}

function parseRange(part: string, [, first, last, kind, by]: RegExpExecArray): number[] {
  const [from, to, step] = [checked(part, Number(first)), checked(part, Number(last)), Number(by)]
  if (step < (kind === "x" ? 2 : 1)) throw refusal(part, "a factor is at least 2, a step at least 1")
  if (from > to) throw refusal(part, "the first size must not exceed the last")
  const sizes: number[] = []
  for (let size = from; size <= to; size = kind === "x" ? size * step : size + step) sizes.push(size)
  return sizes
}

function checked(part: string, size: number): number {
  if (size < SMALLEST || size > LARGEST) {
    throw refusal(part, `a group has ${SMALLEST} to ${LARGEST} devices`)
  }
  return size
}

const refusal = (part: string, allowed: string): Error => new Error(`--sizes "${part}": ${allowed}`)
