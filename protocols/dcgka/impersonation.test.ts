/** Forged by hand with what a copy of a member's state holds: until when others take it for that member's. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { utf8 } from "../bytes.ts"
import type { KeyPair } from "../crypto/suite.ts"
import type { Awaitable, Effects, Packet } from "../group.ts"
import type { MemberId } from "../ids.ts"
import { encryptGroupMessage, type OwnSenderKey } from "../sending-chain/sender-key.ts"
import { twoSm } from "../two-party/two-sm.ts"
import { Network } from "../vectors/dcgka-network.ts"
import { memberContext } from "../vectors/member-context.ts"
import { CONTROL_MESSAGE, SENDER_KEY_MESSAGE, tagged } from "../wire.ts"
import { signed } from "./broadcast.ts"
import { dcgka } from "./dcgka.ts"
import type { Control } from "./messages.ts"

/** The victim, two others, and one that is in no group. */
const [VICTIM, BOB, CAROL, OUTSIDER] = ["a", "b", "c", "d"] as const

const { suite } = memberContext("impersonator", () => assert.fail("it asks the server for nothing"))

function network(): Network {
  const network = new Network(dcgka(twoSm), [VICTIM, BOB, CAROL, OUTSIDER])
  network.create(VICTIM, [VICTIM, BOB, CAROL])
  network.settle()
  return network
}

/** The victim's next control message as `reader` expects it, signed with `signing`. */
function control(network: Network, reader: MemberId, signing: KeyPair, body: Control): Packet {
  const { groupId, peers, received } = network.group(reader)
  const seq = (peers.get(VICTIM)?.seen ?? 0) + 1
  const spoken = [...received].find(([name]) => name.startsWith(`${VICTIM}/`))?.[1][0]?.index ?? 0
  const group = { ...network.group(reader), groupId, signing }
  const bytes = signed(group, suite, { author: VICTIM, seq, spoken, body })
  return { kind: "broadcast", from: VICTIM, bytes: tagged(CONTROL_MESSAGE, bytes) }
}

/** An add gives nobody a secret: its signature is all that stands for it. */
function addition(network: Network): Control {
  const { identity } = network.device(OUTSIDER).state
  const added = { id: OUTSIDER, signingKey: identity.public }
  return { kind: "add", added, signingKey: suite.keyPair().public }
}

const message = (chain: OwnSenderKey): Packet => ({
  kind: "broadcast",
  from: VICTIM,
  bytes: tagged(SENDER_KEY_MESSAGE, encryptGroupMessage(structuredClone(chain), suite, utf8("forged"))),
})

/** What a step of a copy sends in the victim's name. */
function made(effects: Awaitable<Effects>): Packet[] {
  assert.ok(!(effects instanceof Promise))
  return (effects.packets ?? []).map((packet) => ({ ...packet, from: VICTIM }))
}

/** What a control message and words need. */
function stolenFrom(network: Network): { readonly signing: KeyPair; readonly own: OwnSenderKey } {
  const { signing, own } = structuredClone(network.group(VICTIM))
  assert.ok(own !== undefined)
  return { signing, own }
}

describe("with the signing key that was stolen", () => {
  test("an add is taken right after the theft", () => {
    const here = network()
    const { signing } = stolenFrom(here)
    here.take(BOB, control(here, BOB, signing, addition(here)))
    assert.ok(here.knows(BOB, OUTSIDER))
  })

  test("and after an update by another, which the victim acknowledges with the same key", () => {
    const here = network()
    const { signing } = stolenFrom(here)
    here.update(BOB)
    here.settle()
    here.take(CAROL, control(here, CAROL, signing, addition(here)))
    assert.ok(here.knows(CAROL, OUTSIDER))
  })

  test("nothing is taken after any operation of the victim's own", () => {
    for (const operate of [
      (here: Network) => here.update(VICTIM),
      (here: Network) => here.remove(VICTIM, CAROL),
    ]) {
      const here = network()
      const { signing } = stolenFrom(here)
      operate(here)
      here.settle()
      here.refuses(BOB, control(here, BOB, signing, addition(here)), "bad-signature")
      here.take(BOB, control(here, BOB, here.group(VICTIM).signing, addition(here)))
      assert.ok(here.knows(BOB, OUTSIDER), "the same under the victim's new key is")
    }
  })
})

describe("words on the chain that was stolen", () => {
  test("are taken under a number that the victim has not used", () => {
    const here = network()
    const { own } = stolenFrom(here)
    here.say(VICTIM)
    here.settle()
    here.refuses(BOB, message(own), "duplicate")
    assert.equal(here.take(BOB, message(stolenFrom(here).own)).message?.from, VICTIM)
  })

  test("are not taken once it is replaced, by the victim's own update or its answer to another's", () => {
    for (const author of [VICTIM, BOB]) {
      const here = network()
      const { own } = stolenFrom(here)
      here.update(author)
      here.settle()
      here.refuses(CAROL, message(own), "duplicate")
    }
  })

  test("are not taken on the new chain either, though a thief over Double Ratchets has that", () => {
    const here = network()
    const { signing } = stolenFrom(here)
    here.update(VICTIM)
    here.settle()
    here.refuses(BOB, message({ ...stolenFrom(here).own, signing }), "bad-signature")
  })
})

describe("who comes first has the name:", () => {
  test("where forged words were taken, the victim's update waits for ever for as many genuine ones", () => {
    const here = network()
    const { own } = stolenFrom(here)
    here.take(BOB, message(own))
    const [genuine] = here.update(VICTIM) as [Packet]
    here.refuses(BOB, genuine, "early")
    here.take(CAROL, genuine)
  })

  test("where the impersonator updates first, the victim's own update is refused", () => {
    const here = network()
    const impersonator = structuredClone(here.device(VICTIM).state)
    const context = memberContext("impersonator", () => assert.fail("all channels are there"))
    const [forged] = made(here.protocol.update(impersonator, { ...context, me: VICTIM }))
    here.take(BOB, forged as Packet)
    const [genuine] = here.update(VICTIM) as [Packet]
    here.refuses(BOB, genuine, "duplicate")
  })
})

describe("once it is removed, with the key that was stolen,", () => {
  const removed = () => {
    const here = network()
    const stolen = stolenFrom(here)
    here.remove(BOB, VICTIM)
    here.settle()
    assert.deepEqual(here.members(), [BOB, CAROL])
    return { here, ...stolen }
  }

  test("a removal is still taken: it cannot be told from one that crossed", () => {
    const here = network()
    const impersonator = structuredClone(here.device(VICTIM).state)
    here.remove(BOB, VICTIM)
    here.settle()
    const [forged] = made(here.protocol.remove(impersonator, here.device(VICTIM).context, CAROL))
    here.take(BOB, forged as Packet)
    assert.ok(!here.knows(BOB, CAROL))
  })

  test("who is added is out at once, and words are refused", () => {
    const { here, signing, own } = removed()
    here.take(BOB, control(here, BOB, signing, addition(here)))
    assert.ok(!here.knows(BOB, OUTSIDER))
    here.refuses(BOB, message(own), "not-a-member")
  })

  test("nothing is taken if the victim had renewed it before it was removed", () => {
    const here = network()
    const { signing } = stolenFrom(here)
    here.update(VICTIM)
    here.settle()
    here.remove(BOB, VICTIM)
    here.settle()
    here.refuses(BOB, control(here, BOB, signing, addition(here)), "bad-signature")
  })
})

test("a device in no group believes a welcome under the stolen identity, which is never renewed; the members do not", () => {
  const here = network()
  const impersonator = structuredClone(here.device(VICTIM).state)
  const { context } = here.device(VICTIM)
  here.update(VICTIM)
  here.settle()
  const [announced, welcome] = made(here.protocol.add(impersonator, context, OUTSIDER)) as [Packet, Packet]
  here.take(OUTSIDER, welcome)
  assert.ok(here.isIn(OUTSIDER))
  for (const member of [BOB, CAROL]) here.refuses(member, announced, "duplicate")
})
