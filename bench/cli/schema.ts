/** `schema`: what a line of a results file may be, for tools that read or write them. */
import { jsonSchema } from "../../results/json-schema.ts"
import { EXIT } from "./failure.ts"
import { print } from "./terminal.ts"

/** @returns the exit code */
export function schema(): number {
  print(`${JSON.stringify(jsonSchema(), null, 2)}\n`)
  return EXIT.done
}
