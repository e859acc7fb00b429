import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { dcgkaBench, documentOf, temporaryFolder } from "./spawned.ts"

const ONE_BLOCK = ["prices", "--suite", "native", "--blocks", "1"]
const CELLS = ["--sizes", "4", "--protocols", "pairwise", "--operations", "message,add"]

test("prices are measured and written; a run predicts times from them and takes none", async (t) => {
  const folder = temporaryFolder(t)
  const file = join(folder, "prices.json")
  const { code, stdout, stderr } = await dcgkaBench([...ONE_BLOCK, "--json", "--out", file])
  assert.deepEqual([code, stderr], [0, ""])
  const { suites, environment } = JSON.parse(stdout)
  const list = JSON.parse(readFileSync(file, "utf8"))
  assert.deepEqual([suites.length, suites[0].suite, suites[0].blocks], [1, "native", 1])
  assert.deepEqual(suites[0].list, list)
  assert.deepEqual([list.device, list.suite, list.prices.dh.perByteNs], [environment.cpu, "native", 0])
  assert.ok(list.prices.dh.fixedNs > list.prices.hmac.fixedNs && list.prices.hmac.fixedNs > 0)

  const predicted = ["run", "--json", "--predict", file, ...CELLS, "--out", join(folder, "run")]
  const { run, cells } = await documentOf(predicted)
  assert.deepEqual([run.prices, run.plan.blocks, run.plan.suites], [list, 0, ["native"]])
  assert.equal(cells.length, 2)
  for (const { predicted, sampled, blocks, operation } of cells) {
    assert.deepEqual([sampled, blocks, predicted?.device], [null, 0, list.device])
    assert.ok((predicted?.groupNs ?? 0) > (predicted?.initiatorNs ?? 0))
    assert.equal(predicted?.newcomerNs === null, operation !== "add")
  }
})
