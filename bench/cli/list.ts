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
    print(
      `${name}\n${line("channel", channel)}${line("source", source)}${line("heals by", healing.join(", "))}`,
    )
    if (healingAfresh.length > 0) print(line("or by", healingAfresh.join(", ")))
    for (const [claim, isClaimed] of Object.entries(claims)) print(line(isClaimed ? "yes" : "no", claim))
    if (costs !== undefined) print("  claimed to upload in a group of n:\n")
    for (const [operation, cost] of Object.entries(costs ?? {})) print(line(operation, formulasOf(cost)))
    print("\n")
  }
  print(
    `operations: ${OPERATIONS.join(", ")}\nsuites: ${SUITES.join(", ")}\nclaims in words: docs/claims.md\n`,
  )
  return EXIT.done
}

const LABEL_WIDTH = Math.max(...OPERATIONS.map(({ length }) => length)) + 2

const line = (label: string, text: string): string => `  ${label.padEnd(LABEL_WIDTH)}${text}\n`

/** What is uploaded in a group of n, and in how many rounds. */
function formulasOf({ twoParty, inBroadcasts, broadcasts, welcomes, rounds }: Cost): string {
  const counts = {
    "two-party ciphertexts": twoParty,
    "of them inside broadcasts": inBroadcasts,
    broadcasts,
    welcomes,
    rounds,
  }
  const named = Object.entries(counts).filter(([, formula]) => formula !== undefined)
  return named.map(([name, formula]) => `${name} ${formula}`).join(", ") || "nothing"
}
