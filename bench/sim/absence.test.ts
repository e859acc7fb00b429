/** Members who are not there: removed while something was on its way to them, or offline for a while. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { utf8 } from "../../protocols/bytes.ts"
import { ProtocolError } from "../../protocols/errors.ts"
import { DEFAULT_SETTINGS, registry } from "../../protocols/registry.ts"
import { NATIVE, protocolNamed, restingGroup, says } from "./fixture.ts"
import { DELIVERY_ORDERS } from "./network.ts"
import { talk } from "./operations.ts"
import { groupOf } from "./toy-fixture.ts"

describe("where a removal crosses what others do:", () => {
  for (const name of ["sender-keys", "periodic-sender-keys", "pairwise"])
    for (const order of DELIVERY_ORDERS)
      test(`a message that was uploaded before it is read by all, ${name}, ${order}`, async () => {
        for (let seed = 0; seed < 10; seed++) {
          const group = await restingGroup(protocolNamed(name), 4, { ...NATIVE, seed, order })
          const spoken = { kind: "send", plaintext: utf8("before") } as const
          await group.perform({
            actions: [
              ["m000", spoken],
              ["m001", { kind: "remove", member: "m003" }],
            ],
          })
          group.requireAllHeard()
          assert.deepEqual(group.roster, ["m000", "m001", "m002"])
          await talk(group, group.roster)
        }
      })

  test("nobody hears of it in the same wave", async () => {
    const group = await groupOf({})
    const steps: string[] = []
    group.observe({ onStep: ({ member, step }) => steps.push(`${member} ${step.kind}`) })
    await group.perform({
      actions: [
        ["alice", { kind: "remove", member: "carol" }],
        ["bob", { kind: "prepare" }],
      ],
    })
    assert.deepEqual(steps, ["alice remove", "bob prepare", "alice notice", "bob notice", "carol notice"])
  })

  const refusing = (code: "not-a-member" | "bad-signature") =>
    groupOf({
      update: () => ({ packets: [{ kind: "two-party", to: "carol", bytes: utf8("to you alone") }] }),
      process: ({ me }) => {
        if (me === "carol") throw new ProtocolError(code)
        return {}
      },
    })
  test("what the removed member refuses is counted, as long as it says that it is none", async () => {
    const crossing = {
      actions: [
        ["alice", { kind: "remove", member: "carol" }],
        ["bob", { kind: "update" }],
      ],
    } as const
    const refused: string[] = []
    const group = await refusing("not-a-member")
    group.observe({ onRefusal: (member, { from }) => refused.push(`${member} refuses ${from}`) })
    await group.perform(crossing)
    assert.deepEqual(refused, ["carol refuses bob"])
    await assert.rejects(async () => (await refusing("bad-signature")).perform(crossing), /bad-signature/)
  })

  test("a member that says that it is none ends the run", async () => {
    const group = await refusing("not-a-member")
    await assert.rejects(says(group, "alice"), /not-a-member/)
  })
})

describe("a member that is offline", () => {
  for (const { name, protocol } of registry)
    test(`reads what was said meanwhile, in order, when it is back: ${name}`, async () => {
      const group = await restingGroup(protocol(DEFAULT_SETTINGS), 4)
      group.disconnect("m003")
      await group.act("m000", { kind: "update" })
      await says(group, "m001", "first")
      await says(group, "m002", "second")
      assert.throws(() => group.requireAllHeard(), /m003 missed 2 messages/)
      const read: string[] = []
      group.observe({
        onStep: ({ member, effects: { message } }) => {
          if (member === "m003" && message !== undefined) read.push(Buffer.from(message.plaintext).toString())
        },
      })
      await group.connect("m003")
      assert.deepEqual(read, ["first", "second"])
      await talk(group, group.roster)
    })

  test("does nothing, and the group is not at rest", async () => {
    const group = await groupOf({})
    group.disconnect("bob")
    assert.throws(() => group.snapshot(), /not at rest/)
    await assert.rejects(says(group, "bob"), /bob is offline/)
    await group.connect("bob")
    await says(group, "bob")
  })
})
