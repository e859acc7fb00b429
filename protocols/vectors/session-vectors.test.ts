/** X3DH and the Double Ratchet against libsignal's own bytes, in both roles. */
import { test } from "node:test"
import { assertRefused } from "./refusal.ts"
import { Player } from "./session-player.ts"
import { SUITES } from "./suites.ts"
import { type SessionStep, vectorsOf } from "./vector-files.ts"

for (const { file, vector } of vectorsOf("session-vector/1")) {
  for (const { name, create } of SUITES) {
    test(`${file} on ${name}`, async (t) => {
      const messages = new Map()
      const players = {
        alice: new Player(vector.alice, create, messages),
        bob: new Player(vector.bob, create, messages),
      }
      await t.test("signed prekeys carry libsignal's signatures", () => {
        players.alice.checkSignedPreKeys()
        players.bob.checkSignedPreKeys()
      })
      for (const [index, step] of vector.steps.entries()) {
        await t.test(`${index}. ${describe(step)}`, () => play(players[step.by], step))
      }
    })
  }
}

function describe(step: SessionStep): string {
  const message = step.op === "encrypt" || step.op === "decrypt" ? ` ${step.id ?? "a crafted message"}` : ""
  const failure = errorOf(step) === undefined ? "" : `: ${errorOf(step)}`
  const note = step.note === undefined ? "" : ` (${step.note})`
  return `${step.by} ${step.op}${message}${failure}${note}`
}

function errorOf(step: SessionStep) {
  if (!("expect" in step) || step.expect === "ok" || "plaintext" in step.expect) return undefined
  return step.expect.error
}

function play(player: Player, step: SessionStep): void {
  const error = errorOf(step)
  if (error === undefined) {
    player.take(step)
    return
  }
  assertRefused(player.state, () => player.take(step), error)
}
