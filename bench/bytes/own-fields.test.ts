import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { competitorNamed, DEFAULT_SETTINGS } from "../../protocols/registry.ts"
import { totalBytes } from "../../results/published/field-bytes.ts"
import { countAll } from "../run/count.ts"
import { NATIVE } from "../sim/fixture.ts"
import { ownFields } from "./own-fields.ts"
import { COMPARED, PAYLOAD, uploadsOf } from "./uploads.ts"

for (const groupSize of [3, 8, 17]) {
  describe(`DCGKA in a group of ${groupSize}`, async () => {
    const laboratory = {
      competitor: competitorNamed("dcgka"),
      settings: DEFAULT_SETTINGS,
      recipientsTimed: 0,
    }
    const programme = { groupSize, operations: COMPARED, payload: PAYLOAD }
    const counted = await countAll({ ...laboratory, ...NATIVE }, programme)
    const uploads = await uploadsOf(groupSize)
    for (const operation of COMPARED) {
      test(`${operation}: what its bytes are for adds up to what a run counts`, () => {
        const exact = counted.get(operation)?.exact
        assert.equal(totalBytes(ownFields(uploads[operation])), exact?.bytesUploaded)
        assert.equal(uploads[operation].broadcasts, exact?.broadcasts)
        assert.equal(uploads[operation].twoParty, exact?.twoParty)
      })
    }
  })
}
