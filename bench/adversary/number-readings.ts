/** The byte strings that lists of numbers and large integers can stand for. */
import { PIECE_BYTES } from "./secrets.ts"

/** A way to write bytes as numbers. */
type Form = {
  readonly fits: (number: number) => boolean
  /** So many numbers are worth looking at. */
  readonly atLeast: number
  /** What they stand for, of numbers that all fit. */
  readonly read: (numbers: readonly number[]) => readonly Uint8Array[]
}

/** A number of so many bytes, unsigned or signed, in either byte order. */
const wordsOf = (width: number): Form => ({
  fits: (number) => Number.isInteger(number) && number < 256 ** width && number >= -(256 ** width) / 2,
  atLeast: PIECE_BYTES / width,
  read: (words) => {
    const little = Buffer.alloc(words.length * width)
    for (const [index, word] of words.entries())
      little.writeUIntLE(word < 0 ? word + 256 ** width : word, index * width, width)
    return width === 1 ? [little] : [little, reversedWords(little, width)]
  },
})

/** The first bit of a byte is its highest or its lowest. */
const BITS: Form = {
  fits: (number) => number === 0 || number === 1,
  atLeast: 8 * PIECE_BYTES,
  read: (bits) => {
    const octets = (bits.join("").match(/.{8}/g) ?? []) as string[]
    const backwards = octets.map((octet) => [...octet].reverse().join(""))
    return [octets, backwards].map((list) => Uint8Array.from(list, (octet) => Number.parseInt(octet, 2)))
  },
}

const DOUBLES: Form = {
  fits: () => true,
  atLeast: 1,
  read: (numbers) => {
    const doubles = new Uint8Array(Float64Array.from(numbers).buffer)
    return [doubles, reversedWords(doubles, 8)]
  },
}

const FORMS: readonly Form[] = [...[1, 2, 3, 4, 6].map(wordsOf), BITS, DOUBLES]

/** Of each stretch of neighbours that fit a form, and are enough for it. */
export const numberReadings = (numbers: readonly number[]): Uint8Array[] =>
  FORMS.flatMap(({ fits, atLeast, read }) => stretches(numbers, fits, atLeast).flatMap(read))

/** Of all the numbers together, in the forms that all of them fit. */
export const readingsOfAll = (numbers: readonly number[]): Uint8Array[] =>
  FORMS.filter(({ fits }) => numbers.every(fits)).flatMap(({ read }) => read(numbers))

/** Neighbours of which each `fits`, where there are so many of them. */
function stretches(
  numbers: readonly number[],
  fits: (number: number) => boolean,
  atLeast: number,
): number[][] {
  const found: number[][] = [[]]
  for (const number of numbers) {
    if (fits(number)) found.at(-1)?.push(number)
    else if (found.at(-1)?.length !== 0) found.push([])
  }
  return found.filter(({ length }) => length > 0 && length >= atLeast)
}

/** Of integers that may have lost leading zeros: each as wide as the widest, in either byte order. */
export function integerReadings(integers: readonly bigint[]): Uint8Array[] {
  if (integers.length === 0) return []
  const longest = Math.max(...integers.map((integer) => integer.toString(16).length))
  const width = 2 ** Math.ceil(Math.log2(Math.ceil(longest / 2)))
  const words = integers.map((integer) => {
    const unsigned = BigInt.asUintN(8 * width, integer)
    return Buffer.from(unsigned.toString(16).padStart(2 * width, "0"), "hex")
  })
  const big = Buffer.concat(words)
  return [big, reversedWords(big, width)]
}

/** The bytes of each word turned round; what is left over at the end stays. */
export function reversedWords(bytes: Uint8Array, width: number): Uint8Array {
  const turned = new Uint8Array(bytes) // a Buffer cut by `slice` would be the same bytes
  for (let start = 0; start + width <= turned.length; start += width)
    turned.subarray(start, start + width).reverse()
  return turned
}
