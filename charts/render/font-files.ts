/** The shipped fonts: every picture is drawn with them, whatever fonts a machine has. */
import { fileURLToPath } from "node:url"

const WEIGHTS = { normal: "Regular", bold: "Bold" } as const
export type Weight = keyof typeof WEIGHTS

/** Compiled, this file is dist/charts/render/font-files.js: the fonts lie at the root of the package. */
export const fontFile = (weight: Weight): string =>
  fileURLToPath(new URL(`../../../assets/fonts/LiberationSans-${WEIGHTS[weight]}.ttf`, import.meta.url))
