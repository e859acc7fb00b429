/** Lists of numbers as a user writes them: `4,8,16`, `2..128x2` (by factor), `4..12+2` (by step), or a mix. */

const ONE_NUMBER = /^\d+$/
const RANGE = /^(\d+)\.\.(\d+)([x+])(\d+)$/
const GRAMMAR = "write 8, 2..128x2 (by factor), 4..12+2 (by step) or several of them with commas"

/** What a list is of: the option it was given to, and what is allowed in it. */
type Kind = {
  readonly option: string
  readonly smallest: number
  readonly largest: number
  readonly limits: string
  readonly noun: string
}

const SIZES: Kind = {
  option: "--sizes",
  smallest: 2,
  largest: 1024,
  limits: "a group has 2 to 1024 devices",
  noun: "size",
}
/** The smallest group in which one can be removed and talk goes on between others; larger than 64 is slow. */
const VERIFIED: Kind = {
  option: "--size",
  smallest: 3,
  largest: 64,
  limits: "3 to 64 devices",
  noun: "size",
}
const THREADS: Kind = {
  option: "--threads",
  smallest: 1,
  largest: 64,
  limits: "1 to 64 threads",
  noun: "number",
}

/**
 * @returns sizes from 2 to 1024, ascending, each once
 * @throws Error with one line: what is wrong and what is allowed
 */
export const parseSizes = (text: string): number[] => parseList(text, SIZES)

/**
 * @returns sizes from 3 to 64, ascending, each once
 * @throws Error with one line: what is wrong and what is allowed
 */
export const parseVerifiedSizes = (text: string): number[] => parseList(text, VERIFIED)

/**
 * @returns numbers of threads from 1 to 64, ascending, each once
 * @throws Error with one line: what is wrong and what is allowed
 */
export const parseThreads = (text: string): number[] => parseList(text, THREADS)

function parseList(text: string, kind: Kind): number[] {
  const parts = text.split(",").map((part) => part.trim())
  if (parts.includes("")) throw refusal(text, kind, GRAMMAR)
  const numbers = new Set(parts.flatMap((part) => parsePart(part, kind)))
  return [...numbers].sort((a, b) => a - b)
}

function parsePart(part: string, kind: Kind): number[] {
  const range = RANGE.exec(part)
  if (range !== null) return parseRange(part, range, kind)
  if (!ONE_NUMBER.test(part)) throw refusal(part, kind, GRAMMAR)
  return [checked(part, Number(part), kind)]
}

function parseRange(part: string, [, first, last, sign, by]: RegExpExecArray, kind: Kind): number[] {
  const [from, to] = [checked(part, Number(first), kind), checked(part, Number(last), kind)]
  const step = Number(by)
  if (step < (sign === "x" ? 2 : 1)) throw refusal(part, kind, "a factor is at least 2, a step at least 1")
  if (from > to) throw refusal(part, kind, `the first ${kind.noun} must not exceed the last`)
  const numbers: number[] = []
  for (let next = from; next <= to; next = sign === "x" ? next * step : next + step) numbers.push(next)
  return numbers
}

function checked(part: string, value: number, kind: Kind): number {
  if (value < kind.smallest || value > kind.largest) throw refusal(part, kind, kind.limits)
  return value
}

const refusal = (part: string, { option }: Kind, allowed: string): Error =>
  new Error(`${option} "${part}": ${allowed}`)
