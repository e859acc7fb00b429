import assert from "node:assert/strict"
import { test } from "node:test"
import { FORMATS, readVectors } from "./vector-files.ts"

test("the folder of wire vectors is not empty", () => {
  assert.notEqual(readVectors().length, 0)
})

for (const { file, vector } of readVectors()) {
  test(`${file} has a format that is tested here`, () => {
    assert.ok(
      FORMATS.some((format) => format === vector.format),
      `unknown format ${vector.format}`,
    )
  })
}
