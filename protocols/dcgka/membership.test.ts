/** Strong removal: who is in depends on what was done and on who knew what, and on no order of arrival. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { drawFrom } from "../vectors/fuzz.ts"
import { removedBy, Village } from "../vectors/village.ts"
import {
  crossesAnother,
  knowsAllRemoves,
  type Membership,
  memberView,
  newMembership,
  recordAck,
  recordAdd,
  recordRemove,
} from "./membership.ts"

const begin = () => newMembership(["a", "b", "c", "d"])
const membersOf = ({ members }: Membership) => [...members].sort().join("")
const underWay = ({ adds, removes }: Membership) => [...adds.keys(), ...removes.keys()]
const ackBy = (membership: Membership, key: string, ...ids: string[]) => {
  for (const id of ids) recordAck(membership, key, id)
}

describe("views:", () => {
  test("at first all see all", () => {
    for (const id of "abcd") assert.equal(memberView(begin(), id).join(""), "abcd")
  })

  test("an added member is in the view of its adder and its own at once, and of the others as they acknowledge", () => {
    const group = begin()
    recordAdd(group, "1", "a", "e")
    const viewers = () => [..."abcde"].filter((id) => memberView(group, id).includes("e")).join("")
    assert.equal(viewers(), "ae")
    ackBy(group, "1", "c")
    assert.equal(viewers(), "ace")
    ackBy(group, "1", "b", "d", "e")
    assert.equal(viewers(), "abcde")
    assert.deepEqual(underWay(group), [], "and then nobody asks any more")
  })

  test("two who are added at once see each other only when they have acknowledged each other's add", () => {
    const group = begin()
    recordAdd(group, "1", "a", "e")
    recordAdd(group, "2", "b", "f")
    assert.equal(memberView(group, "e").includes("f"), false)
    assert.equal(memberView(group, "f").includes("e"), false)
    ackBy(group, "2", "e")
    assert.equal(memberView(group, "e").includes("f"), true)
  })

  test("a newcomer has acknowledged what its adder had", () => {
    const group = begin()
    recordAdd(group, "1", "a", "e")
    ackBy(group, "1", "b")
    recordAdd(group, "2", "b", "f")
    recordAdd(group, "3", "c", "g")
    assert.equal(memberView(group, "f").includes("e"), true)
    assert.equal(memberView(group, "g").includes("e"), false)
  })

  test("a remove is kept until those who remain have acknowledged it", () => {
    const group = begin()
    recordRemove(group, "1", "a", "d")
    ackBy(group, "1", "b")
    assert.deepEqual(underWay(group), ["1"])
    ackBy(group, "1", "c")
    assert.deepEqual(underWay(group), [])
  })
})

describe("strong removal:", () => {
  test("mutual removes take effect both, in either order", () => {
    for (const order of ["ab", "ba"]) {
      const group = begin()
      for (const remover of order) recordRemove(group, remover, remover, remover === "a" ? "b" : "a")
      assert.equal(membersOf(group), "cd")
    }
  })

  test("last members may remove each other: nobody is left", () => {
    const group = newMembership(["a", "b"])
    recordRemove(group, "1", "a", "b")
    recordRemove(group, "2", "b", "a")
    assert.equal(membersOf(group), "")
  })

  test("what a removed member adds is void, whichever comes first", () => {
    const removedFirst = begin()
    recordRemove(removedFirst, "1", "a", "b")
    recordAdd(removedFirst, "2", "b", "e")
    const addedFirst = begin()
    recordAdd(addedFirst, "2", "b", "e")
    assert.deepEqual(recordRemove(addedFirst, "1", "a", "b"), ["b", "e"])
    for (const group of [removedFirst, addedFirst]) {
      assert.equal(membersOf(group), "acd")
      assert.deepEqual([...group.removed].sort(), ["b", "e"])
    }
  })

  test("and so is what that one added, and so on", () => {
    const group = begin()
    recordAdd(group, "1", "b", "e")
    ackBy(group, "1", "c")
    recordAdd(group, "2", "e", "f")
    recordAdd(group, "3", "f", "g")
    assert.deepEqual(recordRemove(group, "4", "a", "b"), ["b", "e", "f", "g"])
  })

  test("but an add that the remover had acknowledged stands", () => {
    const group = begin()
    recordAdd(group, "1", "b", "e")
    ackBy(group, "1", "a")
    assert.deepEqual(recordRemove(group, "2", "a", "b"), ["b"])
    assert.equal(membersOf(group), "acde")
  })

  test("it is undone through one who was removed before by somebody who had acknowledged it", () => {
    const group = begin()
    recordAdd(group, "1", "b", "e")
    ackBy(group, "1", "c")
    recordAdd(group, "2", "e", "f")
    ackBy(group, "2", "c")
    recordRemove(group, "3", "c", "e")
    assert.equal(membersOf(group), "abcdf")
    recordRemove(group, "4", "a", "b")
    assert.equal(membersOf(group), "acd", "b is gone, so e never was in to a, nor f")
  })

  test("a remove by one who was removed still counts, also for an add that all others have acknowledged", () => {
    const group = begin()
    recordRemove(group, "1", "a", "d")
    ackBy(group, "1", "b", "c")
    recordAdd(group, "2", "b", "e")
    ackBy(group, "2", "a", "c", "e")
    assert.deepEqual(recordRemove(group, "3", "d", "b"), ["b", "e"])
  })

  test("an add is kept no longer for a removed member than it takes to hear of its acknowledgement", () => {
    const group = begin()
    recordRemove(group, "1", "a", "d")
    ackBy(group, "1", "b", "c")
    recordAdd(group, "2", "b", "e")
    ackBy(group, "2", "a", "c", "e")
    assert.deepEqual(underWay(group), ["2"])
    ackBy(group, "2", "d")
    assert.deepEqual(underWay(group), [])
  })
})

describe("crossing removes:", () => {
  test("two that name two members, and neither author knew of the other", () => {
    const group = begin()
    recordRemove(group, "1", "a", "c")
    assert.equal(crossesAnother(group, "1", "a"), false)
    recordRemove(group, "2", "b", "d")
    assert.equal(crossesAnother(group, "2", "b"), true)
    assert.equal(knowsAllRemoves(group, "a"), false)
    ackBy(group, "2", "a")
    assert.equal(knowsAllRemoves(group, "a"), true)
  })

  test("not when the later author had acknowledged the earlier one", () => {
    const group = begin()
    recordRemove(group, "1", "a", "c")
    ackBy(group, "1", "b")
    recordRemove(group, "2", "b", "d")
    assert.equal(crossesAnother(group, "2", "b"), false)
  })

  test("not when both name the same member: it knows neither seed", () => {
    const group = begin()
    recordRemove(group, "1", "a", "c")
    recordRemove(group, "2", "b", "c")
    assert.equal(crossesAnother(group, "2", "b"), false)
  })

  test("always when the author was removed itself", () => {
    const group = begin()
    recordRemove(group, "1", "a", "b")
    recordRemove(group, "2", "b", "c")
    assert.equal(crossesAnother(group, "2", "b"), true)
    assert.equal(knowsAllRemoves(group, "b"), false)
  })
})

test("in random histories all agree, with the definition over the whole history too", () => {
  for (let seed = 0; seed < 30; seed++) {
    const draw = drawFrom(`membership ${seed}`)
    const village = new Village(["a", "b", "c", "d", "e"])
    for (let count = 0; count < 10; count++) {
      village.settle(draw, draw(12))
      const active = [...village.villagers].filter(([id, { group }]) => group.members.has(id))
      const [id, { group } = {}] = active[draw(Math.max(1, active.length))] ?? []
      if (id === undefined || group === undefined) break
      const others = [...group.members].filter((other) => other !== id)
      const whom = others[draw(Math.max(1, others.length))]
      if (draw(2) === 0) village.do(id, { kind: "add", whom: `n${count}` })
      else if (whom !== undefined) village.do(id, { kind: "remove", whom })
    }
    village.settle(draw)
    const removed = removedBy(village.history)
    for (const [id, { group }] of village.villagers) {
      if (!group.members.has(id)) continue
      assert.deepEqual([...group.removed].sort(), [...removed].sort(), `seed ${seed}: as ${id} has it`)
      assert.equal(group.removes.size, 0)
    }
  }
})
