/** What a figure for a paper can be written as. */
export const FORMATS = ["svg", "png", "pdf"] as const
export type Format = (typeof FORMATS)[number]
