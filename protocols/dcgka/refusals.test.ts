/** What is refused, and by whom it was sent: a member that refuses stays as it was. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { key32 } from "../bytes.ts"
import { ProtocolError } from "../errors.ts"
import type { Packet } from "../group.ts"
import type { MemberId } from "../ids.ts"
import { twoSm } from "../two-party/two-sm.ts"
import { Network } from "../vectors/dcgka-network.ts"
import { assertQuiet } from "../vectors/dcgka-quiet.ts"
import { assertRefused } from "../vectors/refusal.ts"
import { CONTENT, CONTROL_MESSAGE, tagged } from "../wire.ts"
import { nextMessage, signed } from "./broadcast.ts"
import { dcgka } from "./dcgka.ts"
import type { Control } from "./messages.ts"
import { commitmentTo } from "./seeds.ts"

const TRIO = ["a", "b", "c"]
const ZEROS = key32(new Uint8Array(32))

function trio(): Network {
  const network = new Network(dcgka(twoSm), [...TRIO, "d"])
  network.create("a", TRIO)
  network.settle()
  return network
}

/** A control message by `author` that honest code would not send, signed as it should be; `author` does not move. */
function forged(
  network: Network,
  author: MemberId,
  body: Control,
  direct?: ReadonlyMap<MemberId, Uint8Array>,
): Packet {
  const { context } = network.device(author)
  const group = network.group(author)
  const bytes = tagged(CONTROL_MESSAGE, signed(group, context.suite, nextMessage(group, body)))
  return { kind: "broadcast", from: author, bytes, ...(direct === undefined ? {} : { direct }) }
}

describe("forgeries:", () => {
  test("one changes nothing, and the genuine message is taken after it", () => {
    const network = trio()
    const [genuine] = network.update("a") as [Packet]
    const { bytes } = genuine
    const altered = bytes.with(bytes.length - 70, (bytes[bytes.length - 70] as number) ^ 1)
    network.refuses("b", { ...genuine, bytes: altered }, "bad-signature")
    network.settle()
    assertQuiet(network)
  })

  test("a signature by a key that was replaced is none", () => {
    const network = trio()
    const old = network.group("a").signing
    network.update("a")
    network.settle()
    network.group("a").signing = old
    const [late] = network.update("a") as [Packet]
    network.refuses("b", late, "bad-signature")
  })

  test("a signature holds in one group only", () => {
    const [here, there] = [trio(), trio()]
    const elsewhere = Object.assign(there.group("a"), { groupId: new Uint8Array(16) })
    assert.notDeepEqual(elsewhere.groupId, here.group("a").groupId)
    const [packet] = there.update("a") as [Packet]
    here.refuses("b", packet, "bad-signature")
  })

  test("a ciphertext that was kept back or put in another's place is missed; then the right one does", () => {
    const network = trio()
    const [first] = network.update("a") as [Packet]
    const [second] = network.update("a") as [Packet]
    assert.ok(first.kind === "broadcast" && second.kind === "broadcast" && second.direct !== undefined)
    const { direct, ...bare } = first
    network.refuses("b", bare, "invalid-message")
    network.refuses("b", { ...bare, direct: second.direct }, "early")
    network.take("b", first)
    network.refuses("b", { ...second, direct: first.direct as NonNullable<typeof direct> }, "duplicate")
    network.take("b", second)
  })

  test("a stranger is nobody", () => {
    const network = trio()
    for (const [packet] of [network.update("a"), network.say("a")] as [Packet][])
      network.refuses("b", { ...packet, from: "d" }, "not-a-member")
  })

  test("another identity than the one seen in the bundle is not trusted", () => {
    const network = trio()
    const { state } = network.device("d")
    state.identities.set("a", network.group("b").signing.public)
    const [, welcome] = network.add("a", "d") as [Packet, Packet]
    assert.throws(() => network.take("d", welcome), { code: "untrusted-identity" })
    assert.equal(state.group, undefined)
  })

  test("nor is a group whose creator has another, or which names us with another", () => {
    const network = new Network(dcgka(twoSm), TRIO)
    const [packet] = network.create("a", TRIO) as [Packet]
    const { state } = network.device("b")
    state.identities.set("a", network.device("c").state.identity.public)
    network.refuses("b", packet, "untrusted-identity")
    state.identities.clear()
    const { identity } = network.device("c").state
    Object.assign(network.device("c").state, { identity: state.identity })
    network.refuses("c", packet, "untrusted-identity")
    Object.assign(network.device("c").state, { identity })
    network.settle()
    assertQuiet(network)
  })
})

describe("what an honest member never sends is refused:", () => {
  const bad: readonly (readonly [string, Control])[] = [
    [
      "the removal of one who never was in",
      { kind: "remove", removed: "x", signingKey: ZEROS, commitment: ZEROS },
    ],
    [
      "the addition of one who is in",
      { kind: "add", added: { id: "c", signingKey: ZEROS }, signingKey: ZEROS },
    ],
  ]
  for (const [what, body] of bad) {
    test(what, () => {
      const network = trio()
      network.refuses("b", forged(network, "a", body), "invalid-message")
    })
  }

  test("a second group", () => {
    const network = trio()
    const [packet] = network.sentBy("a") as [Packet]
    network.refuses("b", packet, "duplicate")
    const members = [{ id: "a", signingKey: ZEROS }]
    const body = {
      kind: "create",
      groupId: network.group("a").groupId,
      members,
      commitment: ZEROS,
    } as Control
    network.refuses("b", forged(network, "a", body), "invalid-message")
  })

  test("a seed that is not the one it signed for", () => {
    const network = trio()
    const { state, context } = network.device("a")
    const group = network.group("a")
    const message = nextMessage(group, { kind: "update", signingKey: ZEROS, commitment: ZEROS })
    const commitment = commitmentTo(group, context.suite, message, ZEROS)
    const other = tagged(CONTENT.secret, new Uint8Array(32).fill(1))
    const direct = new Map(
      ["b", "c"].map((to) => [to, twoSm.encrypt(state.channels as never, context, to, other)]),
    )
    const body = { kind: "update", signingKey: group.signing.public, commitment } as Control
    const packet = forged(network, "a", body, direct)
    const before = structuredClone(network.group("b"))
    assert.throws(() => network.take("b", packet), { code: "invalid-message", detail: "bad-commitment" })
    assert.deepEqual(network.group("b"), before, "only the channel knows that its ciphertext came")
    ;(network.group("a").peers.get("a") as { seen: number }).seen++ // it goes on as if all were well
    network.refuses("b", network.update("a")[0] as Packet, "early")
    network.update("b") // and so do the others
    network.deliverFrom("c", "b")
    assert.equal(network.sentBy("c").length, 2)
  })
})

describe("a removed member:", () => {
  test("what it says is not read, and what it sends over a channel not taken", () => {
    const network = trio()
    const [said] = network.say("c") as [Packet]
    const [step] = network.act("c", (protocol, state, context) =>
      protocol.ratchetChannels(state, context, ["b"]),
    )
    network.remove("a", "c")
    network.deliverFrom("b", "a")
    network.refuses("b", said, "not-a-member")
    network.refuses("b", step as Packet, "not-a-member")
  })

  test("nothing comes of it that it acknowledges its own removal", () => {
    const network = trio()
    network.remove("a", "c")
    network.deliverFrom("b", "a")
    const before = structuredClone(network.group("b"))
    const acked = { author: "a", seq: 2 }
    assert.deepEqual(network.take("b", forged(network, "c", { kind: "ack", acked, commitment: undefined })), {
      secrets: [],
    })
    const { peers, ...rest } = network.group("b")
    assert.deepEqual({ ...rest, peers: before.peers }, before)
  })

  test("it acts no more, and what is under way to it is nothing to it", () => {
    const network = trio()
    network.say("b")
    network.remove("a", "c")
    network.update("b")
    network.deliverFrom("c", "a")
    for (const act of [() => network.update("c"), () => network.say("c"), () => network.add("c", "d")])
      assert.throws(act, { code: "not-a-member" })
    for (const _ of ["message", "update"]) assert.ok(network.deliverFrom("c", "b"))
    assert.equal(network.group("c").memberSecrets.size, 0, "though the seed of b's update was for it too")
    network.settle()
  })
})

test("a newcomer without a prekey bundle: whoever was to answer it stays as it was, and does when there is one", () => {
  const network = trio()
  const [addition] = network.add("a", "d") as [Packet]
  const { state, context } = network.device("b")
  const empty = {
    ...context,
    fetchBundle: () => {
      throw new ProtocolError("missing-prekey")
    },
  }
  assertRefused(state, () => network.protocol.process(state, empty, addition), "missing-prekey")
  network.settle()
  assertQuiet(network)
})
