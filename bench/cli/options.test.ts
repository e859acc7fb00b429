import assert from "node:assert/strict"
import { test } from "node:test"
import { UsageError } from "./failure.ts"
import { type Choice, parseProtocols } from "./options.ts"

const NOTHING: Choice = { protocols: undefined, channel: undefined, tree: undefined }
const chosen = (choice: Partial<Choice>) => parseProtocols({ ...NOTHING, ...choice })

test("a tree is asked of those that have one", () => {
  assert.deepEqual(chosen({ protocols: "mls", tree: "blank" }), ["mls/blank"])
  assert.deepEqual(chosen({ protocols: "pairwise,mls", tree: "churned,full" }), [
    "pairwise",
    "mls/churned",
    "mls",
  ])
  assert.deepEqual(chosen({ protocols: "mls/blank", tree: "full" }), ["mls"])
})

test("without protocols, another channel is asked of those that have one", () => {
  const usual = chosen({})
  assert.ok(usual.includes("mls"))
  assert.equal(chosen({ channel: "2sm" }).length, usual.length - 1)
  assert.throws(() => chosen({ protocols: "mls", channel: "2sm" }), UsageError)
})
