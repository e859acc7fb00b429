/** MLS whose library is loaded with its first step: whoever runs another protocol does not wait for it. */
import type { GroupProtocol } from "../group.ts"
import type { MlsState } from "./state.ts"

type Mls = GroupProtocol<MlsState>
type Step = Exclude<keyof Mls, "channelsIn">

const STEPS = [
  "init",
  "publishBundle",
  "create",
  "add",
  "remove",
  "update",
  "processNotice",
  "process",
  "prepareToSend",
  "send",
  "ratchetChannels",
  "leaveChannels",
  "overhear",
  "pool",
] as const satisfies readonly Step[]

export function mlsOnDemand(): Mls {
  let loaded: Promise<Mls> | undefined
  const load = () => {
    loaded ??= import("./mls.ts").then(({ mls }) => mls())
    return loaded
  }
  const later =
    (step: Step) =>
    async (...args: unknown[]) => {
      const run = (await load())[step] as (...args: unknown[]) => unknown
      return run(...args)
    }
  const steps = Object.fromEntries(STEPS.map((step) => [step, later(step)])) as unknown as Pick<Mls, Step>
  return { ...steps, channelsIn: () => ({}) }
}
