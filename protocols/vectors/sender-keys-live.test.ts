/** Group messages to and from libsignal 0.103.0. */
import assert from "node:assert/strict"
import { test } from "node:test"
import { utf8 } from "../bytes.ts"
import { seededRandom, seedRandom } from "../crypto/seeded.ts"
import type { CreateSuite, Suite } from "../crypto/suite.ts"
import { decodeDistribution, decodeGroupMessage, encodeDistribution } from "../sending-chain/messages.ts"
import {
  createSenderKey,
  decryptGroupMessage,
  distributionOf,
  encryptGroupMessage,
  type OwnSenderKey,
  receiveDistribution,
  type SenderKeyStore,
} from "../sending-chain/sender-key.ts"
import { drawFrom, shuffled } from "./fuzz.ts"
import { libsignalVerdict, ourVerdict, type Verdict } from "./libsignal-errors.ts"
import { LibsignalMember } from "./libsignal-member.ts"
import { DISTRIBUTION_ID, DISTRIBUTION_UUID } from "./sender-key-fixture.ts"
import { SUITES } from "./suites.ts"

/** A member as both implementations can play one. */
interface Member {
  distribution(): Promise<Uint8Array>
  encrypt(plaintext: Uint8Array): Promise<Uint8Array>
  process(sender: string, distribution: Uint8Array): Promise<void>
  /** Plaintext or error code. */
  verdict(sender: string, message: Uint8Array): Promise<Verdict>
}

class OurMember implements Member {
  readonly #suite: Suite
  readonly #own: OwnSenderKey
  readonly #store: SenderKeyStore = new Map()

  constructor(name: string, create: CreateSuite) {
    this.#suite = create(seededRandom(seedRandom(1, name)))
    this.#own = createSenderKey(this.#suite, DISTRIBUTION_ID)
  }

  async distribution() {
    return encodeDistribution(distributionOf(this.#own))
  }

  async encrypt(plaintext: Uint8Array) {
    return encryptGroupMessage(this.#own, this.#suite, plaintext)
  }

  async process(sender: string, distribution: Uint8Array) {
    receiveDistribution(this.#store, sender, decodeDistribution(distribution))
  }

  async verdict(sender: string, message: Uint8Array) {
    return ourVerdict(() => {
      const plaintext = decryptGroupMessage(this.#store, this.#suite, sender, decodeGroupMessage(message))
      return text(plaintext)
    })
  }
}

class TheirMember extends LibsignalMember implements Member {
  constructor(name: string) {
    super(name, DISTRIBUTION_UUID)
  }

  verdict(sender: string, message: Uint8Array) {
    return libsignalVerdict(async () => text(await this.decrypt(sender, message)))
  }
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString()

type Sent = { readonly text: string; readonly message: Uint8Array }

async function say(member: Member, count: number): Promise<Sent[]> {
  const sent: Sent[] = []
  for (let index = 0; index < count; index++) {
    const said = `message ${index}${".".repeat(index * 7)}`
    sent.push({ text: said, message: await member.encrypt(utf8(said)) })
  }
  return sent
}

const COUNT = 30

for (const { name, create } of SUITES) {
  const pairs = [
    ["libsignal opens ours", () => [new OurMember("alice", create), new TheirMember("bob")]],
    ["ours opens libsignal's", () => [new TheirMember("alice"), new OurMember("bob", create)]],
  ] as const
  for (const [title, pair] of pairs) {
    const start = async () => {
      const [alice, bob] = pair() as readonly Member[] as [Member, Member]
      await bob.process("alice", await alice.distribution())
      return { alice, bob, draw: drawFrom(title) }
    }

    test(`${title}, ${name}: any order, each message once`, async () => {
      const { alice, bob, draw } = await start()
      const sent = await say(alice, COUNT)
      for (const { text, message } of shuffled(sent, draw)) {
        assert.deepEqual(await bob.verdict("alice", message), { ok: text })
      }
      for (const { message } of sent) {
        assert.deepEqual(await bob.verdict("alice", message), { error: "duplicate" })
      }
    })

    test(`${title}, ${name}: lost messages do not matter`, async () => {
      const { alice, bob } = await start()
      const sent = await say(alice, COUNT)
      for (const { text, message } of sent.filter((_, index) => index % 5 === 3)) {
        assert.deepEqual(await bob.verdict("alice", message), { ok: text })
      }
    })

    test(`${title}, ${name}: who joins late reads from there on`, async () => {
      const { alice, bob } = await start()
      const [early] = (await say(alice, 3)) as [Sent]
      const distribution = await alice.distribution()
      const [late] = (await say(alice, 1)) as [Sent]
      // Bob's state is not advanced by a second distribution message; Carol has only that one.
      await bob.process("alice", distribution)
      assert.deepEqual(await bob.verdict("alice", early.message), { ok: early.text })
      const carol = bob instanceof OurMember ? new OurMember("carol", create) : new TheirMember("carol")
      await carol.process("alice", distribution)
      assert.deepEqual(await carol.verdict("alice", late.message), { ok: late.text })
      assert.deepEqual(await carol.verdict("alice", early.message), { error: "duplicate" })
    })
  }
}

test("errors of tampered group messages are libsignal's, whichever byte is wrong", async () => {
  const alice = new OurMember("alice", SUITES[1].create)
  const receivers = [new OurMember("bob", SUITES[1].create), new TheirMember("bob")] as const
  for (const receiver of receivers) await receiver.process("alice", await alice.distribution())
  const [{ text, message }] = (await say(alice, 1)) as [Sent]
  for (const [index, byte] of message.entries()) {
    const tampered = message.with(index, byte ^ (1 << (index % 8)))
    const [ours, theirs] = [
      await receivers[0].verdict("alice", tampered),
      await receivers[1].verdict("alice", tampered),
    ]
    assert.deepEqual(ours, theirs, `byte ${index}`)
    assert.ok("error" in ours)
  }
  for (const receiver of receivers) {
    assert.deepEqual(await receiver.verdict("mallory", message), { error: "no-sender-key" })
    assert.deepEqual(await receiver.verdict("alice", message), { ok: text })
  }
})
