import assert from "node:assert/strict"
import { test } from "node:test"
import { protocolStyles } from "./protocol-style.ts"

const OWN = ["sender-keys", "periodic-sender-keys", "pairwise", "dcgka", "mls"]

test("a protocol looks the same whatever else is in the document", () => {
  const alone = protocolStyles(["mls"]).get("mls")
  assert.deepEqual(protocolStyles(["zeta", ...OWN]).get("mls"), alone)
})

test("no two protocols share a colour, a shape or a dash pattern", () => {
  const styles = [...protocolStyles([...OWN, "a-stranger", "another"]).values()]
  assert.equal(styles.length, 7)
  for (const key of ["colour", "shape", "dash"] as const) {
    assert.equal(new Set(styles.map((style) => `${style[key]}`)).size, styles.length, key)
  }
})

test("lines that coincide are drawn from the heaviest to the lightest, so that each can be seen", () => {
  const styles = [...protocolStyles([...OWN].reverse()).values()]
  const widths = styles.map(({ strokeWidth }) => strokeWidth)
  const sizes = styles.map(({ pointSize }) => pointSize)
  assert.deepEqual(
    widths,
    widths.toSorted((a, b) => b - a),
  )
  assert.deepEqual(
    sizes,
    sizes.toSorted((a, b) => b - a),
  )
})

test("more strangers than styles still get one each", () => {
  const names = Array.from({ length: 12 }, (_, index) => `stranger-${index}`)
  assert.equal(protocolStyles(names).size, 12)
})
