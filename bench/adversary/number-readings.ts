/** The byte strings that lists of numbers and large integers can stand for. */
import { PIECE_BYTES } from "./secrets.ts"

/** Numbers of so many bytes each, unsigned or signed. */
const WIDTHS = [1, 2, 3, 4, 6] as const
const DOUBLE_BYTES = 8

/** Each number a bit, a byte or a word in either byte order, or the eight bytes of a double. */
export function numberReadings(numbers: readonly number[]): Uint8Array[] {
  return [
    ...WIDTHS.flatMap((width) => wordReadings(numbers, width)),
    ...bitReadings(numbers),
    ...doubleReadings(numbers),
  ]
}

/** Of each stretch of neighbours that fit into so many bytes, and are enough of them. */
function wordReadings(numbers: readonly number[], width: number): Uint8Array[] {
  const isWord = (number: number) =>
    Number.isInteger(number) && number < 256 ** width && number >= -(256 ** width) / 2
  return stretches(numbers, isWord, PIECE_BYTES / width).flatMap((words) => {
    const [little, big] = [Buffer.alloc(words.length * width), Buffer.alloc(words.length * width)]
    for (const [index, word] of words.entries()) {
      const unsigned = word < 0 ? word + 256 ** width : word
      little.writeUIntLE(unsigned, index * width, width)
      big.writeUIntBE(unsigned, index * width, width)
    }
    return width === 1 ? [little] : [little, big]
  })
}

/** The first bit of a byte is its highest or its lowest. */
function bitReadings(numbers: readonly number[]): Uint8Array[] {
  const isBit = (number: number) => number === 0 || number === 1
  return stretches(numbers, isBit, 8 * PIECE_BYTES).flatMap((bits) => {
    const octets = Array.from({ length: Math.floor(bits.length / 8) }, (_, n) => bits.slice(8 * n, 8 * n + 8))
    const asByte = (octet: readonly number[]) => Number.parseInt(octet.join(""), 2)
    return [Uint8Array.from(octets, asByte), Uint8Array.from(octets, (octet) => asByte(octet.toReversed()))]
  })
}

function doubleReadings(numbers: readonly number[]): Uint8Array[] {
  if (numbers.length === 0) return []
  const [little, big] = [
    Buffer.alloc(numbers.length * DOUBLE_BYTES),
    Buffer.alloc(numbers.length * DOUBLE_BYTES),
  ]
  for (const [index, number] of numbers.entries()) {
    little.writeDoubleLE(number, index * DOUBLE_BYTES)
    big.writeDoubleBE(number, index * DOUBLE_BYTES)
  }
  return [little, big]
}

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
  return [Buffer.concat(words), Buffer.concat(words.map((word) => Buffer.from(word).reverse()))]
}
