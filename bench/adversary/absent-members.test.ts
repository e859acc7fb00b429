/** Whoever is silent or offline in a scenario is so, while the others do what heals. */
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Context } from "../../protocols/context.ts"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import type { GroupProtocol } from "../../protocols/group.ts"
import { competitorNamed, DEFAULT_SETTINGS } from "../../protocols/registry.ts"
import { settingOf } from "./claims.ts"
import { ABSENT_MEMBERS } from "./scenarios/absent-members.ts"

const OPTIONS = { settings: DEFAULT_SETTINGS, createSuite: createNativeSuite, seed: 1, groupSize: 4 }

/** What members do from the first channel step on, in their order. */
async function deedsIn(scenario: keyof typeof ABSENT_MEMBERS): Promise<string[]> {
  const setting = settingOf(competitorNamed("sender-keys"), OPTIONS)
  const deeds: string[] = []
  const protocol = { ...setting.protocol }
  for (const step of ["ratchetChannels", "update", "process", "send"] as const)
    protocol[step] = noting(setting.protocol, step, deeds) as never
  await ABSENT_MEMBERS[scenario]({ ...setting, protocol })
  return deeds.slice(deeds.indexOf("m000 ratchetChannels"))
}

const noting =
  (
    protocol: GroupProtocol<unknown>,
    step: "ratchetChannels" | "update" | "process" | "send",
    deeds: string[],
  ) =>
  (state: unknown, context: Context, argument: never) => {
    deeds.push(`${context.me} ${step}`)
    return protocol[step](state, context, argument)
  }

/** Of the last member, until the others have renewed and after that. */
async function lastMember(scenario: keyof typeof ABSENT_MEMBERS) {
  const deeds = await deedsIn(scenario)
  const healed = deeds.lastIndexOf("m002 update") + 1
  const own = (part: readonly string[]) =>
    new Set(part.flatMap((deed) => (deed.startsWith("m003 ") ? deed.slice("m003 ".length) : [])))
  return { meanwhile: own(deeds.slice(0, healed)), afterwards: own(deeds.slice(healed)) }
}

test("a silent peer takes in what the others send, and does nothing else at any time", async () => {
  const { meanwhile, afterwards } = await lastMember("healsDespiteASilentPeer")
  assert.deepEqual([...meanwhile], ["process"])
  assert.deepEqual([...afterwards], ["process"])
})

test("a member that is offline takes in nothing while the others heal, all of it afterwards, and then speaks", async () => {
  const { meanwhile, afterwards } = await lastMember("healsWhileSomeAreOffline")
  assert.deepEqual([...meanwhile], [])
  assert.deepEqual([...afterwards], ["process", "send"])
})
