import assert from "node:assert/strict"
import { test } from "node:test"
import { createdGroup, listen, NATIVE, protocolNamed, restingGroup } from "../sim/fixture.ts"
import { Compromise, type Verdict, verdict, type WaveReport } from "./heal.ts"

/** `2`: two packets opened; `r`: somebody's next message would be read. */
const report = (text: string): WaveReport => ({
  opened: Number.parseInt(text, 10) || 0,
  readable: text.endsWith("r") ? ["m001"] : [],
})

const TABLE: readonly (readonly [heal: string, aftermath: string, Verdict])[] = [
  ["0 0", "0 0", { healed: true, readableMessages: 0, firstSafeRound: 1 }],
  ["2r 0", "0 0", { healed: true, readableMessages: 2, firstSafeRound: 2 }],
  ["3r 3r 0r 0", "0 0", { healed: true, readableMessages: 6, firstSafeRound: 4 }],
  // Nothing opened in round 1, but the next message would have: round 2 is the first safe one
  ["0r 0", "0 0", { healed: true, readableMessages: 0, firstSafeRound: 2 }],
  // Opened in round 2 without a readable sender after it
  ["0 1 0", "0 0", { healed: true, readableMessages: 1, firstSafeRound: 3 }],
  // A relapse counts
  ["1r 0 1r 0", "0 0", { healed: true, readableMessages: 2, firstSafeRound: 4 }],
  // The last round is open
  ["1r 1r", "0 0", { healed: false, readableMessages: 2, firstSafeRound: null }],
  ["1r 1", "0 0", { healed: false, readableMessages: 2, firstSafeRound: null }],
  ["1r 0r", "0 0", { healed: false, readableMessages: 1, firstSafeRound: null }],
  // Only what follows shows that it was not healed; its packets are not the heal's
  ["1r 0", "0 1", { healed: false, readableMessages: 1, firstSafeRound: null }],
  ["1r 0", "0r 0", { healed: false, readableMessages: 1, firstSafeRound: null }],
  ["0", "5r", { healed: false, readableMessages: 0, firstSafeRound: null }],
]
for (const [heal, aftermath, expected] of TABLE) {
  test(`verdict over ${heal}, then ${aftermath}: ${JSON.stringify(expected)}`, () => {
    const [rounds, after] = [heal, aftermath].map((text) => text.split(" ").map(report))
    assert.deepEqual(verdict(rounds ?? [], after ?? []), expected)
  })
}

test("a heal without rounds is none", () => {
  assert.equal(verdict([], [report("0r")]).healed, false)
})

for (const name of ["sender-keys", "periodic-sender-keys", "pairwise"]) {
  test(`${name}: asking whose next message would be read changes nothing and sends nothing`, async () => {
    // Before anybody spoke, so that speaking would open channels and fetch bundles
    for (const group of [
      await createdGroup(protocolNamed(name), 3),
      await restingGroup(protocolNamed(name), 3),
    ]) {
      await group.register("m003")
      await group.act("m000", { kind: "add", newcomer: "m003" })
      const compromise = new Compromise(group, "m000", NATIVE.createSuite)
      const before = group.snapshot()
      const wire = listen(group)
      assert.deepEqual(await compromise.readableSenders(), await compromise.readableSenders())
      assert.deepEqual(group.snapshot(), before)
      assert.deepEqual(wire, [])
    }
  })

  test(`${name}: each wave is heard once, and only by the thief's ears`, async () => {
    const group = await restingGroup(protocolNamed(name), 3)
    const compromise = new Compromise(group, "m000", NATIVE.createSuite)
    const words = new TextEncoder().encode("overheard")
    const { opened } = await compromise.perform({ actions: [["m001", { kind: "send", plaintext: words }]] })
    assert.equal(opened, 1)
    assert.equal((await compromise.perform({ actions: [] })).opened, 0)
  })
}
