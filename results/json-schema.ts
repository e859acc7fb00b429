/** The check of a line for other tools. Published as `results/schema.json`. */
import { z } from "zod"
import { resultRecord, SCHEMA_VERSION } from "./schema.ts"

/** JSON Schema 2020-12 of one line, as written: what is optional in a file need not be there. */
export const jsonSchema = (): object => ({
  title: `A line of a results file of dcgka-bench, version ${SCHEMA_VERSION}`,
  ...z.toJSONSchema(resultRecord, { io: "input" }),
})
