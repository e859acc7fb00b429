/** For tests of scenarios: what members do in them, in its order. */
import type { Context } from "../../protocols/context.ts"
import { createNativeSuite } from "../../protocols/crypto/native.ts"
import type { GroupProtocol } from "../../protocols/group.ts"
import { competitorNamed, DEFAULT_SETTINGS } from "../../protocols/registry.ts"
import { settingOf } from "./claims.ts"
import type { Scenario, Setting } from "./scenarios/setting.ts"
import { copiedStage } from "./scenarios/stage.ts"

const OPTIONS = { settings: DEFAULT_SETTINGS, createSuite: createNativeSuite, seed: 1, groupSize: 4 }

const NOTED = ["remove", "update", "ratchetChannels", "send", "process", "processNotice"] as const

/** What the members of a group of four do from the theft on: `m000 update`. */
export async function deedsIn(scenario: Scenario): Promise<string[]> {
  const original = settingOf(competitorNamed("sender-keys"), OPTIONS)
  const deeds: string[] = []
  const protocol = { ...original.protocol }
  for (const step of NOTED) protocol[step] = noting(original.protocol, step, deeds) as never
  const setting: Setting = { ...original, protocol }
  await copiedStage(setting) // the group forms, which is done once for a setting
  deeds.length = 0
  await scenario(setting)
  return deeds
}

const noting =
  (protocol: GroupProtocol<unknown>, step: (typeof NOTED)[number], deeds: string[]) =>
  (state: unknown, context: Context, argument: never) => {
    deeds.push(`${context.me} ${step}`)
    return protocol[step](state, context, argument)
  }
