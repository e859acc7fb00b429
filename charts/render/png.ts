/** SVG text as PNG. */
import { crc32 } from "node:zlib"
import { Resvg } from "@resvg/resvg-js"
import { fontFile } from "./font-files.ts"

const FONTS = [fontFile("normal"), fontFile("bold")]

const PIXELS_PER_UNIT = 2 // sharp on the screens that most readers have

/**
 * Rasterise with the shipped font alone: the same bytes whatever fonts a machine has. (Without a font resvg leaves
 * out all text and reports nothing.)
 *
 * @param zoom - pixels for each unit of the SVG
 */
export function renderPng(svg: string, zoom: number = PIXELS_PER_UNIT): Uint8Array {
  const fonts = { loadSystemFonts: false, fontFiles: FONTS, defaultFontFamily: "Liberation Sans" }
  return new Resvg(svg, { font: fonts, fitTo: { mode: "zoom", value: zoom } }).render().asPng()
}

const IHDR_END = 33 // signature, then the first chunk: length, name, 13 bytes, checksum
const INCHES_PER_METRE = 1 / 0.0254

/** The same picture with its size on paper (chunk pHYs; W3C PNG, third edition, 11.3.4.3). */
export function withDensity(png: Uint8Array, dotsPerInch: number): Uint8Array {
  const chunk = Buffer.alloc(21)
  const dotsPerMetre = Math.round(dotsPerInch * INCHES_PER_METRE)
  chunk.writeUInt32BE(9)
  chunk.write("pHYs", 4)
  chunk.writeUInt32BE(dotsPerMetre, 8)
  chunk.writeUInt32BE(dotsPerMetre, 12)
  chunk.writeUInt8(1, 16) // per metre
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 17)), 17)
  return Buffer.concat([png.subarray(0, IHDR_END), chunk, png.subarray(IHDR_END)])
}
