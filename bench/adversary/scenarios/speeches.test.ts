import assert from "node:assert/strict"
import { test } from "node:test"
import { utf8 } from "../../../protocols/bytes.ts"
import type { Packet } from "../../../protocols/group.ts"
import { Speeches } from "./speeches.ts"

const packet = (from: string): Packet => ({ from, kind: "broadcast", bytes: new Uint8Array() })

/** Two messages of one packet and one encryption each, and a packet between them that is no message. */
function talk() {
  const speeches = new Speeches()
  const [first, other, second] = [packet("m000"), packet("m001"), packet("m002")]
  speeches.says("m000", utf8("hello"), 1)
  speeches.uploads(first, 1)
  speeches.isSilent()
  speeches.uploads(other, 1)
  speeches.says("m002", utf8("good-bye"), 2)
  speeches.uploads(second, 2)
  return { speeches, first, other, second }
}

test("the first message that only one adversary read is named, whichever it was", () => {
  const { speeches, first, second } = talk()
  assert.equal(speeches.firstOf([first], [0, 1]), "message 2, by m002")
  assert.equal(speeches.firstOf([first, second], [0]), "message 2, by m002")
  assert.equal(speeches.firstOf([second], [0, 1]), "message 1, by m000")
  assert.equal(speeches.firstOf([first, first], [0]), "message 1, by m000")
})

test("where both read the same, the first of it; nothing where nothing was read", () => {
  const { speeches, first, second } = talk()
  assert.equal(speeches.firstOf([second, first], [0, 1]), "message 1, by m000")
  assert.equal(speeches.firstOf([], []), undefined)
})

test("a packet that is no message is called so", () => {
  const { speeches, other } = talk()
  assert.equal(speeches.firstOf([other], []), "something that is no message")
})

test("words are found in what carries them, also by who goes on from there", () => {
  const { speeches, first } = talk()
  for (const known of [speeches, speeches.continued()]) {
    assert.ok(known.isIn(utf8("<good-bye>")))
    assert.ok(!known.isIn(utf8("good day")))
    assert.equal(known.firstOf([first], []), "message 1, by m000")
  }
})
