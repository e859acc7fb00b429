import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { seededPick } from "../plan/seeded-pick.ts"
import { DELIVERY_ORDERS, type Delivery, type DeliveryOrder, Waiting } from "./network.ts"

/** The n-th upload, from one member to another; its only byte is its number. */
const delivery = (from: string, to: string, number: number): Delivery => ({
  to,
  packet: { kind: "two-party", from, to, bytes: Uint8Array.of(number) },
})

const name = fc.constantFrom("alice", "bob", "carol")
const uploads = fc
  .array(fc.tuple(name, name), { maxLength: 40 })
  .map((pairs) => pairs.map(([from, to], index) => delivery(from, to, index)))

function delivered(waiting: readonly Delivery[], order: DeliveryOrder, seed: number): Delivery[] {
  const underWay = new Waiting(order, seededPick(seed, "order"))
  for (const each of waiting) underWay.add(each)
  return waiting.map(() => underWay.take() ?? assert.fail("one was lost"))
}

const numberOf = ({ packet }: Delivery) => packet.bytes[0] as number

for (const order of DELIVERY_ORDERS) {
  test(`${order}: everything is delivered once, and one seed gives one order`, () => {
    fc.assert(
      fc.property(uploads, fc.nat(), (waiting, seed) => {
        const arrived = delivered(waiting, order, seed)
        assert.deepEqual(new Set(arrived), new Set(waiting))
        assert.equal(arrived.length, waiting.length)
        assert.deepEqual(delivered(waiting, order, seed), arrived)
      }),
    )
  })
}

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
        const pair = `${arrived.packet.from}>${arrived.to}`
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
