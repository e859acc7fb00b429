/** `list`: what can be compared, and what each competitor claims. */
import { registry } from "../../protocols/registry.ts"
import { OPERATIONS, SUITES } from "../../results/schema.ts"
import { MEASURES } from "../../results/units.ts"
import { DELIVERY_ORDERS } from "../sim/network.ts"
import { EXIT } from "./failure.ts"
import { print } from "./terminal.ts"

/** @returns the exit code */
export function list(options: { readonly json: boolean }): number {
  const protocols = registry.map(({ protocol: _protocol, ...entry }) => entry)
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
  for (const { name, channel, source, claims, healing } of protocols) {
    print(`${name}\n  channel  ${channel}\n  source   ${source}\n  heals    ${healing.join(", ")}\n`)
    for (const [claim, isClaimed] of Object.entries(claims))
      print(`  ${isClaimed ? "yes" : "no "}      ${claim}\n`)
    print("\n")
  }
  print(`operations: ${OPERATIONS.join(", ")}\nsuites: ${SUITES.join(", ")}\n`)
  return EXIT.done
}
