/** Devices of a group protocol with a server between them, for tests; packets go where the test takes them. */
import assert from "node:assert/strict"
import type { Context } from "../context.ts"
import type { SyncGroupProtocol } from "../group.ts"
import { memberContext } from "./member-context.ts"

export type Device<State> = { readonly name: string; readonly state: State; readonly context: Context }

/** In no group yet; the server has as many bundles of each as there are devices. */
export function devices<State>(
  protocol: SyncGroupProtocol<State>,
  ...names: readonly string[]
): Device<State>[] {
  const bundles = new Map<string, Uint8Array[]>()
  const fetchBundle = (member: string) =>
    bundles.get(member)?.shift() ?? assert.fail(`no bundle of ${member}`)
  return names.map((name) => {
    const context = memberContext(name, fetchBundle)
    const state = protocol.init(context)
    bundles.set(
      name,
      names.map((_, index) => protocol.publishBundle(state, context, index + 1)),
    )
    return { name, state, context }
  })
}
