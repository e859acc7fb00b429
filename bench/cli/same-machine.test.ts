import assert from "node:assert/strict"
import { test } from "node:test"
import { exampleHeader } from "../../results/example.ts"
import { requireSameMachine } from "./same-machine.ts"

const { environment } = exampleHeader()

test("a run goes on where it began, also when the machine is busier", () => {
  requireSameMachine(environment, { ...environment, loadAverage1m: 3, memoryBytes: 1 })
})

test("on another processor or another Node a run does not go on, and it says which", () => {
  assert.throws(() => requireSameMachine(environment, { ...environment, node: "22.0.0" }), {
    message: /begun with node "20.20.2" and here is "22.0.0": .* begin a new run$/,
  })
  assert.throws(
    () => requireSameMachine(environment, { ...environment, cpu: "Other CPU" }),
    /cpu "Example CPU"/,
  )
})
