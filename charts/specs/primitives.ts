import type { Cell, ResultDocument } from "../../results/schema.ts"
import { exactCells, type Figure, type Overlay, operationsOf, suiteNote } from "./frame.ts"
import { byThree, gridSpec } from "./grid.ts"

/** The operations on curves: what a phone spends its time on. Hashing and symmetric ciphers are left out. */
const PUBLIC_KEY_OPERATIONS = [
  "dh",
  "keyPair",
  "publicKey",
  "sign",
  "verify",
  "edKeyPair",
  "edSign",
  "edVerify",
]

export const primitives: Figure = {
  name: "primitives",
  title: "Public-key operations of the whole group",
  caption: [
    "How often all members together call a public-key operation of the suite: Diffie–Hellman, generation of a key " +
      "pair, signing, verifying. The sum of all, each counted as one.",
    "Not counted: hashes, key derivation and symmetric encryption, and what the forming of the group took before the " +
      "operation began.",
  ],
  spec,
}

function spec(document: ResultDocument, _overlay?: Overlay, width?: number) {
  const cells = exactCells(document)
  const panels = operationsOf(document).map((operation) => ({
    row: operation,
    points: cells.filter((cell) => cell.operation === operation).map(point),
  }))
  return gridSpec(document, {
    width,
    title: primitives.title,
    notes: [
      "Diffie–Hellman, key pairs, signatures, verifications; without hashes and symmetric ciphers.",
      suiteNote(document),
    ],
    suites: [],
    measure: { title: "Operations", tick: "~s", tooltip: "," },
    rows: byThree(panels),
    shared: "all",
    panelHeight: 170,
  })
}

function point({ protocol, suite, groupSize, exact }: Cell) {
  return { protocol, suite, n: groupSize, y: publicKeyCalls(exact.primitives.group) }
}

/** The sum of all, each call counted as one. */
export function publicKeyCalls(calls: Readonly<Record<string, number>>): number {
  return PUBLIC_KEY_OPERATIONS.reduce((sum, name) => sum + (calls[name] ?? 0), 0)
}
