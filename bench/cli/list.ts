/** `list`: what can be compared, and what each competitor claims. */
import type { Cost } from "../../protocols/costs.ts"
import { DEFAULT_SETTINGS, registry } from "../../protocols/registry.ts"
import { OPERATIONS, SUITES } from "../../results/schema.ts"
import { MEASURES } from "../../results/units.ts"
import { DELIVERY_ORDERS } from "../sim/network.ts"
import { EXIT } from "./failure.ts"
import { print } from "./terminal.ts"

/** @returns the exit code */
export function list(options: { readonly json: boolean }): number {
  const protocols = registry.map(({ protocol: _protocol, ...entry }) => ({
    ...entry,
    costs: entry.costs(DEFAULT_SETTINGS),
  }))
  if (options.json) {
    const document = {
      protocols,
      operations: OPERATIONS,
      suites: SUITES,
      deliveryOrders: DELIVERY_ORDERS,
      measures: MEASURES,
    }
    print(`${JSON.stringify(document, null, 2)}\n`)
    return EXIT.done
  }
  for (const { name, channel, source, claims, healing, healingAfresh = [], costs } of protocols) {
    print(`${name}\n  channel  ${channel}\n  source   ${source}\n  heals    ${healing.join(", ")}\n`)
    if (healingAfresh.length > 0) print(`  or       ${healingAfresh.join(", ")}\n`)
    for (const [claim, isClaimed] of Object.entries(claims))
      print(`  ${isClaimed ? "yes" : "no "}      ${claim}\n`)
    for (const [operation, cost] of Object.entries(costs ?? {}))
      print(`  ${operation.padEnd(9)}${formulasOf(cost)}\n`)
    print("\n")
  }
  print(`operations: ${OPERATIONS.join(", ")}\nsuites: ${SUITES.join(", ")}\n`)
  return EXIT.done
}

/** What is uploaded in a group of n, and in how many rounds. */
function formulasOf({ twoParty, broadcasts, welcomes, rounds }: Cost): string {
  const counts = { "two-party": twoParty, broadcasts, welcomes, rounds }
  const named = Object.entries(counts).filter(([, formula]) => formula !== undefined)
  return named.map(([name, formula]) => `${name} ${formula}`).join(", ") || "nothing"
}
