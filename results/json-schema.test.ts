import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { jsonSchema } from "./json-schema.ts"
import { OPERATIONS, SCHEMA_VERSION } from "./schema.ts"

/** From dist/results, where tests run. */
const PUBLISHED = new URL("../../results/schema.json", import.meta.url)

test("the published JSON Schema is that of the code: npm run --silent cli -- schema > results/schema.json", () => {
  assert.deepEqual(JSON.parse(readFileSync(PUBLISHED, "utf8")), jsonSchema())
})

type Line = { properties: Record<string, Record<string, unknown>>; required: string[] }

function lineOf(kind: string): Line {
  const { oneOf } = jsonSchema() as { oneOf: Line[] }
  const line = oneOf.find(({ properties }) => properties.kind?.const === kind)
  return line ?? assert.fail(`no line of kind ${kind}`)
}

test("it names its version, every operation, and what a file may leave out", () => {
  assert.equal(lineOf("run").properties.schema?.const, SCHEMA_VERSION)
  assert.deepEqual(lineOf("count").properties.operation?.enum, OPERATIONS)
  assert.ok(lineOf("block").required.includes("groupNs"))
  for (const name of ["newcomerNs", "efficiency", "samplesEnd"])
    assert.ok(!lineOf("block").required.includes(name), name)
})
