import assert from "node:assert/strict"
import { test } from "node:test"
import { type ProtocolStyle, protocolStyles, publishedStyle } from "./protocol-style.ts"
import { THEMES, themeConfig } from "./theme.ts"

const OWN = ["sender-keys", "periodic-sender-keys", "pairwise", "dcgka", "mls"]
const OVER_OTHERS = ["dcgka/signal", "sender-keys/2sm", "periodic-sender-keys/2sm", "pairwise/2sm"]
const KEYS = ["colour", "shape", "dash"] as const

const styleOf = (name: string, others: readonly string[] = []): ProtocolStyle => {
  const style = protocolStyles([...others, name]).get(name)
  assert.ok(style)
  return style
}

const lookOf = (style: ProtocolStyle): string => KEYS.map((key) => `${style[key]}`).join(" ")

test("a protocol looks the same whatever else is in the document", () => {
  for (const name of [...OWN, ...OVER_OTHERS])
    assert.deepEqual(styleOf(name, ["zeta", "alpha/2sm", ...OWN, ...OVER_OTHERS]), styleOf(name))
})

test("no two protocols share a colour, a shape or a dash pattern", () => {
  const styles = [...protocolStyles([...OWN, "a-stranger", "another"]).values()]
  assert.equal(styles.length, 7)
  for (const key of KEYS) {
    assert.equal(new Set(styles.map((style) => `${style[key]}`)).size, styles.length, key)
  }
})

test("over another channel a protocol keeps to itself: another tint, shape and dash than everything else", () => {
  const styles = [...protocolStyles([...OWN, ...OVER_OTHERS]).values()]
  assert.equal(new Set(styles.map(({ colour }) => colour)).size, styles.length)
  assert.equal(new Set(styles.map(({ dash }) => `${dash}`)).size, styles.length)
  const ownShapes = OWN.map((name) => styleOf(name).shape)
  for (const name of OVER_OTHERS) assert.ok(!ownShapes.includes(styleOf(name).shape), name)
  assert.notEqual(styleOf("dcgka/signal").shape, styleOf("dcgka/2sm").shape)
})

test("a tint has the hue of its base", () => {
  for (const name of [...OWN, "a-stranger", "another", "one-more"]) {
    const hues = [styleOf(name), styleOf(`${name}/2sm`)].map(({ colour }) => hueOf(colour))
    const apart = Math.abs((hues[0] ?? 0) - (hues[1] ?? 0))
    assert.ok(apart < 8, `${name}: ${hues}`)
  }
})

test("every colour stands out from both backgrounds by 3 to 1", () => {
  const bases = [...OWN, "a-stranger", "another", "one-more"]
  const styles = protocolStyles([...bases, ...bases.map((name) => `${name}/2sm`)])
  for (const theme of THEMES) {
    const background = String(themeConfig(theme).background)
    for (const [name, { colour }] of styles)
      assert.ok(contrast(colour, background) >= 3, `${name} ${colour} on ${theme}`)
  }
})

test("lines that coincide are drawn from the heaviest to the lightest, so that each can be seen", () => {
  const styles = [...protocolStyles([...OVER_OTHERS, ...OWN].reverse()).values()]
  for (const key of ["strokeWidth", "pointSize"] as const) {
    const sizes = styles.map((style) => style[key])
    assert.deepEqual(
      sizes,
      sizes.toSorted((a, b) => b - a),
    )
  }
})

test("however many strangers there are, on however many channels, no two look alike", () => {
  const strangers = Array.from({ length: 60 }, (_, index) => `stranger-${index}`)
  const names = [...OWN, ...strangers, ...strangers.flatMap((name) => [`${name}/a`, `${name}/2sm`])]
  const styles = [...protocolStyles(names).values()]
  assert.equal(styles.length, names.length)
  assert.equal(new Set(styles.map(lookOf)).size, names.length)
})

test("what is published about a protocol has its hue, and a mark that nothing measured has", () => {
  const published = [publishedStyle("dcgka", 0), publishedStyle("dcgka", 1), publishedStyle("dcgka", 2)]
  const measured = [...protocolStyles([...OWN, ...OVER_OTHERS]).values()].map(({ shape }) => shape)
  assert.equal(new Set(published.map(lookOf)).size, 3)
  for (const { colour, shape } of published) {
    assert.equal(colour, styleOf("dcgka/signal").colour)
    assert.ok(!measured.includes(shape))
  }
})

/** Red, green and blue from 0 to 1. */
function channelsOf(colour: string): [number, number, number] {
  const at = (start: number) => Number.parseInt(colour.slice(start, start + 2), 16) / 255
  return [at(1), at(3), at(5)]
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(colour: string): number {
  const [r, g, b] = channelsOf(colour).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0)
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

/** Degrees on the colour circle; 0 for a grey. */
function hueOf(colour: string): number {
  const [r, g, b] = channelsOf(colour)
  return (Math.atan2(Math.sqrt(3) * (g - b), 2 * r - g - b) * 180) / Math.PI
}
