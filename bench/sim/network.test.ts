import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { seededPick } from "../plan/seeded-pick.ts"
import { DELIVERY_ORDERS, type Delivery, type DeliveryOrder, Waiting } from "./network.ts"

/** The n-th upload, from one member to another; its only byte is its number. */
const delivery = (from: string, to: string, number: number): Delivery => ({
  to,
  step: { kind: "packet", packet: { kind: "two-party", from, to, bytes: Uint8Array.of(number) } },
})

/** The n-th thing to be handed out is a notice. */
const notice = (to: string, number: number): Delivery => ({
  to,
  step: { kind: "notice", notice: { change: { kind: "add", added: `newcomer ${number}` }, members: [] } },
})

const name = fc.constantFrom("alice", "bob", "carol")
const uploads = fc
  .array(fc.tuple(name, name), { maxLength: 40 })
  .map((pairs) => pairs.map(([from, to], index) => delivery(from, to, index)))
/** Notices among them. */
const handedOut = fc
  .array(fc.tuple(fc.option(name), name), { maxLength: 40 })
  .map((pairs) =>
    pairs.map(([from, to], index) => (from === null ? notice(to, index) : delivery(from, to, index))),
  )

function delivered(waiting: readonly Delivery[], order: DeliveryOrder, seed: number): Delivery[] {
  const underWay = new Waiting(order, seededPick(seed, "order"))
  for (const each of waiting) underWay.add(each)
  return waiting.map(() => underWay.take() ?? assert.fail("one was lost"))
}

const packetOf = ({ step }: Delivery) => (step.kind === "packet" ? step.packet : assert.fail("a notice"))
const numberOf = (arrived: Delivery) => packetOf(arrived).bytes[0] as number

for (const order of DELIVERY_ORDERS) {
  test(`${order}: everything is delivered once, and one seed gives one order`, () => {
    fc.assert(
      fc.property(handedOut, fc.nat(), (waiting, seed) => {
        const arrived = delivered(waiting, order, seed)
        assert.deepEqual(new Set(arrived), new Set(waiting))
        assert.equal(arrived.length, waiting.length)
        assert.deepEqual(delivered(waiting, order, seed), arrived)
      }),
    )
  })
}

for (const order of DELIVERY_ORDERS) {
  test(`${order}: a notice reaches a member after all that was on its way there, and before the rest`, () => {
    fc.assert(
      fc.property(handedOut, fc.nat(), (waiting, seed) => {
        const arrived = delivered(waiting, order, seed)
        for (const member of ["alice", "bob", "carol"]) {
          const own = (deliveries: readonly Delivery[]) => deliveries.filter(({ to }) => to === member)
          const [before, after] = [own(waiting), own(arrived)]
          for (const [place, each] of before.entries())
            if (each.step.kind === "notice") assert.equal(after.indexOf(each), place)
        }
      }),
    )
  })
}

test("what is for a member that is held waits until it is released, and then keeps its order", () => {
  const waiting = new Waiting("total", seededPick(1, "order"))
  waiting.hold("bob")
  const all = [
    delivery("alice", "bob", 0),
    delivery("bob", "alice", 1),
    notice("bob", 2),
    delivery("carol", "bob", 3),
  ]
  for (const each of all) waiting.add(each)
  assert.deepEqual([waiting.take(), waiting.take()], [all[1], undefined])
  waiting.release("bob")
  assert.deepEqual([waiting.take(), waiting.take(), waiting.take()], [all[0], all[2], all[3]])
})

test("total: in the order of upload", () => {
  fc.assert(
    fc.property(uploads, fc.nat(), (waiting, seed) =>
      assert.deepEqual(delivered(waiting, "total", seed), waiting),
    ),
  )
})

test("fifo: what one member sent to another keeps its order", () => {
  fc.assert(
    fc.property(uploads, fc.nat(), (waiting, seed) => {
      const last = new Map<string, number>()
      for (const arrived of delivered(waiting, "fifo", seed)) {
        const pair = `${packetOf(arrived).from}>${arrived.to}`
        assert.ok(numberOf(arrived) > (last.get(pair) ?? -1))
        last.set(pair, numberOf(arrived))
      }
    }),
  )
})

test("fifo mixes pairs, and reordered mixes within a pair, for some seed", () => {
  const twoPairs = [delivery("alice", "bob", 0), delivery("carol", "bob", 1)]
  const onePair = [delivery("alice", "bob", 0), delivery("alice", "bob", 1)]
  const orders = (waiting: readonly Delivery[], order: DeliveryOrder) =>
    new Set(Array.from({ length: 20 }, (_, seed) => delivered(waiting, order, seed).map(numberOf).join()))
  assert.deepEqual([...orders(twoPairs, "fifo")].sort(), ["0,1", "1,0"])
  assert.deepEqual([...orders(onePair, "fifo")], ["0,1"])
  assert.deepEqual([...orders(onePair, "reordered")].sort(), ["0,1", "1,0"])
})
