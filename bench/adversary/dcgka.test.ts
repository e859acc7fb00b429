/**
 * DCGKA under theft, case by case: what the copy of a member's state reads, and what it must not. Over 2sm, and over
 * signal for contrast.
 */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import type { MemberId } from "../../protocols/ids.ts"
import { talk } from "../sim/operations.ts"
import type { Action } from "../sim/step.ts"
import { Scene, SPEAK, UPDATE } from "./dcgka-fixture.ts"

/** The victim, and others. */
const [M, Y, N, X, NEWCOMER] = ["m000", "m001", "m002", "m003", "m004"] as const
const EVERYBODY = [M, Y, N, X]

const remove = (member: MemberId): Action => ({ kind: "remove", member })
const ADD: Action = { kind: "add", newcomer: NEWCOMER }

for (const channel of ["2sm", "signal"]) {
  /** Over signal the thief reads what the victim sends on a channel that it stole. */
  const unlessOver2sm = <T>(readable: readonly T[]): readonly T[] => (channel === "2sm" ? [] : readable)

  describe(`over ${channel}, the copy of one member:`, () => {
    test("what it had received before stays closed", async () => {
      const scene = await Scene.at(channel)
      await talk(scene.group, EVERYBODY)
      await scene.group.act(Y, UPDATE)
      await talk(scene.group, EVERYBODY)
      for (const victim of EVERYBODY) {
        const late = scene.robbed([structuredClone(scene.state(victim))], 0)
        assert.deepEqual(await late.opened(), [])
        assert.equal(late.derivable(0), 0, "all that was ever encrypted, the creation of the group too")
      }
    })

    test("what is on its way to it, and all that follows while nobody renews, is read", async () => {
      const scene = await Scene.at(channel)
      const thief = scene.rob(M)
      assert.deepEqual(await thief.readable(scene), EVERYBODY)
      assert.deepEqual(await thief.readable(scene), EVERYBODY)
    })

    test("its own update, and what it says before anybody has acknowledged that", async () => {
      const scene = await Scene.at(channel)
      const thief = scene.rob(M)
      await scene.together([M, UPDATE], [M, SPEAK])
      assert.deepEqual(await thief.opened(), unlessOver2sm([M, M]))
    })

    test("its own update, and what all say when they have acknowledged that", async () => {
      const scene = await Scene.at(channel)
      const thief = scene.rob(M)
      await scene.group.act(M, UPDATE)
      assert.deepEqual(await thief.readable(scene), unlessOver2sm(EVERYBODY))
    })

    test("what another says before it has heard of the victim's update is read", async () => {
      const scene = await Scene.at(channel)
      const thief = scene.rob(M)
      await scene.together([M, UPDATE], [Y, SPEAK])
      assert.deepEqual(await thief.opened(), [...unlessOver2sm([M]), Y])
    })

    test("an update by another alone heals nobody", async () => {
      const scene = await Scene.at(channel)
      const thief = scene.rob(M)
      await scene.group.act(Y, UPDATE)
      assert.deepEqual(await thief.readable(scene), EVERYBODY)
    })

    test("an add heals nobody, and the newcomer is read too", async () => {
      const scene = await Scene.at(channel)
      const thief = scene.rob(M)
      await scene.group.register(NEWCOMER)
      await scene.group.act(Y, ADD)
      assert.deepEqual(await thief.readable(scene), [...EVERYBODY, NEWCOMER])
    })

    test("once it is removed, who has not heard of that is read, and nobody any more who has", async () => {
      const scene = await Scene.at(channel)
      const thief = scene.rob(M)
      await scene.together([N, remove(M)], [Y, SPEAK])
      assert.deepEqual(await thief.opened(), [Y])
      assert.deepEqual(await thief.readable(scene), [])
    })

    test("the removal of another by a third heals nobody; by the victim, as an update of its own", async () => {
      const byThird = await Scene.at(channel)
      const thief = byThird.rob(M)
      await byThird.group.act(N, remove(X))
      assert.deepEqual(await thief.readable(byThird), [M, Y, N])

      const byVictim = await Scene.at(channel)
      const other = byVictim.rob(M)
      await byVictim.group.act(M, remove(X))
      assert.deepEqual(await other.readable(byVictim), unlessOver2sm([M, Y, N]))
    })

    test("taken while another's acknowledgement is under way: what that one says next is read, until the victim heals", async () => {
      const scene = await Scene.at(channel)
      const since = scene.wire.length
      const copy = await scene.copyOf(M, N, () => scene.group.act(N, UPDATE))
      const thief = scene.robbed([copy], since)
      assert.deepEqual(await thief.readable(scene, [X]), [X])
      await scene.group.act(M, UPDATE)
      assert.deepEqual(await thief.readable(scene), unlessOver2sm(EVERYBODY))
    })

    test("a newcomer's copy reads nothing that was said before its addition was acknowledged", async () => {
      const scene = await Scene.at(channel)
      const [since, start] = [scene.wire.length, scene.encryptions]
      await scene.group.register(NEWCOMER)
      await talk(scene.group, EVERYBODY)
      await scene.together([M, ADD], [Y, SPEAK])
      const thief = scene.robbed([structuredClone(scene.state(NEWCOMER))], since)
      assert.deepEqual(await thief.opened(), [])
      assert.equal(thief.derivable(start), 0)
    })

    test("the copy of one who was added by a removed member reads nobody who has heard of both", async () => {
      const scene = await Scene.at(channel)
      await scene.group.register(NEWCOMER)
      const since = scene.wire.length
      const copy = await scene.copyOf(NEWCOMER, N, () => scene.together([M, remove(N)], [N, ADD]))
      const thief = scene.robbed([copy], since)
      assert.deepEqual(await thief.readable(scene, [M, Y, X]), [])
    })
  })
}

describe("copies of two members, over 2sm:", () => {
  test("both update at once: each seed went to the other's copy, and together they read all", async () => {
    const scene = await Scene.at("2sm")
    const [both, first, second] = [scene.rob(M, Y), scene.rob(M), scene.rob(Y)]
    await scene.together([M, UPDATE], [Y, UPDATE])
    await first.opened()
    await second.opened()
    assert.deepEqual(await both.readable(scene), EVERYBODY)
    assert.deepEqual([await first.opened(), await second.opened()], [[], []], "neither copy does alone")
  })

  test("they update one after the other: the second update heals", async () => {
    const scene = await Scene.at("2sm")
    const both = scene.rob(M, Y)
    await scene.group.act(M, UPDATE)
    assert.deepEqual(await both.readable(scene), EVERYBODY)
    await scene.group.act(Y, UPDATE)
    assert.deepEqual(await both.readable(scene), [])
  })

  const removedAtOnce = async () => {
    const scene = await Scene.at("2sm")
    const robberies = { both: scene.rob(N, X), first: scene.rob(N), second: scene.rob(X) }
    await scene.together([M, remove(N)], [Y, remove(X)])
    return { scene, ...robberies }
  }

  test("both were removed at once: who says something without an update first is read", async () => {
    const { scene, both, first, second } = await removedAtOnce()
    for (const member of [M, Y]) scene.state(member).group.owesUpdate = false
    // The server did not serve N any more: to the log of derivations nobody ever opened what was for it
    for (const thief of [both, first, second]) await thief.opened()
    await scene.together([M, SPEAK], [Y, SPEAK])
    assert.deepEqual(await both.opened(), [M, Y])
    assert.deepEqual([await first.opened(), await second.opened()], [[], []], "neither copy does alone")
  })

  test("both were removed at once: one update before the next message shuts them out, and no second one follows", async () => {
    const { scene, both } = await removedAtOnce()
    const before = scene.wire.length
    assert.deepEqual(await both.readable(scene, [Y]), [])
    const sent = scene.wire.slice(before).map(({ from }) => from)
    assert.deepEqual(sent, [Y, Y, M], "an update, a message, an acknowledgement")
    assert.deepEqual(await both.readable(scene, [M, Y]), [])
    assert.equal(scene.wire.length, before + 5)
  })

  test("however their removals cross with one another and with updates, what is said afterwards stays closed", async () => {
    const third = NEWCOMER // in a group of five
    for (const deed of [remove(N), remove(X), UPDATE, SPEAK]) {
      const scene = await Scene.at("2sm", 5)
      const both = scene.rob(N, X)
      await scene.together([M, remove(N)], [third, deed], [Y, remove(X)], [third, UPDATE])
      assert.deepEqual(await both.readable(scene), [], deed.kind)
      assert.deepEqual(scene.group.roster, [M, Y, third])
    }
  })

  test("a heal, and later the theft of one who was idle: what was said in between stays closed to both copies", async () => {
    const scene = await Scene.at("2sm")
    const since = scene.wire.length
    const early = structuredClone(scene.state(M))
    await scene.group.act(M, UPDATE)
    const start = scene.encryptions
    await talk(scene.group, [M, Y, X])
    const late = structuredClone(scene.state(N))
    for (const copies of [
      [early, late],
      [late, early],
    ]) {
      const thief = scene.robbed(copies, since)
      assert.deepEqual(await thief.opened(), [])
      assert.equal(thief.derivable(start), 0)
    }
  })
})
