/** The mark of a protocol beside its name: colour, dashes and shape as in the charts. */
import type { ProtocolStyle } from "../specs/protocol-style.ts"
import { escapeHtml } from "./html.ts"

/** Vega's own shapes by name, from −1 to 1; any other is a path already. */
const PATHS: Readonly<Record<string, string>> = {
  circle: "M-1,0A1,1,0,1,1,1,0A1,1,0,1,1,-1,0Z",
  square: "M-0.9,-0.9L0.9,-0.9L0.9,0.9L-0.9,0.9Z",
  cross: "M-1,-0.4L-0.4,-0.4L-0.4,-1L0.4,-1L0.4,-0.4L1,-0.4L1,0.4L0.4,0.4L0.4,1L-0.4,1L-0.4,0.4L-1,0.4Z",
  diamond: "M0,-1L0.8,0L0,1L-0.8,0Z",
  "triangle-up": "M0,-1L1,0.8L-1,0.8Z",
  "triangle-down": "M0,1L1,-0.8L-1,-0.8Z",
  "triangle-left": "M-1,0L0.8,1L0.8,-1Z",
  "triangle-right": "M1,0L-0.8,1L-0.8,-1Z",
}

/** An SVG element; hidden from screen readers, since a name stands beside it. */
export function swatch({ colour, shape, dash, strokeWidth }: ProtocolStyle): string {
  const path = PATHS[shape] ?? shape
  return (
    `<svg class="swatch" viewBox="-22 -8 44 16" width="44" height="16" aria-hidden="true" stroke="${escapeHtml(colour)}">` +
    `<path d="M-22,0L22,0" fill="none" stroke-width="${strokeWidth}" stroke-dasharray="${dash.join(" ")}"/>` +
    `<path d="${escapeHtml(path)}" transform="scale(5.5)" stroke="none" fill="${escapeHtml(colour)}"/></svg>`
  )
}
