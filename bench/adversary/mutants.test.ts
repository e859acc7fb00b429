/** What is wrong with a protocol is noticed, on the wire and in what operations are given. */
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { concat, equal, exactly, key32, toHex, utf8 } from "../../protocols/bytes.ts"
import type { Suite } from "../../protocols/crypto/suite.ts"
import type { Packet } from "../../protocols/group.ts"
import { explanation } from "./explanation.ts"
import {
  appending,
  baring,
  baringMasked,
  failedChecks,
  keeping,
  type Mutation,
  onSuite,
  telling,
  xored,
} from "./mutants-fixture.ts"

const SECRECY = { closedToEavesdroppers: true, forwardSecrecy: true } as const
const failures = (mutation: Mutation) => failedChecks("sender-keys", mutation, SECRECY)
const hex = (key: Uint8Array): string => toHex(key)

test("a protocol with nothing wrong fails no check", async () => {
  assert.deepEqual(await failures((protocol) => protocol), {})
  assert.deepEqual(await failures(onSuite(() => ({}))), {})
})

describe("on the wire", () => {
  const opened = async (mutation: Mutation) => {
    const { closedToEavesdroppers } = await failures(mutation)
    return closedToEavesdroppers?.finding.derivable ?? 0
  }
  const chainKey = (form: (key: Uint8Array) => Uint8Array, length = 32) =>
    appending(length, ({ own }) => form(own?.key.chainKey as Uint8Array))

  test("a chain key behind each broadcast is read by everybody, in the clear or as text", async () => {
    assert.ok((await opened(chainKey((key) => key))) > 0)
    assert.ok((await opened(chainKey((key) => utf8(hex(key)), 64))) > 0)
    assert.ok((await opened(chainKey((key) => Buffer.from(Buffer.from(key).toString("base64")), 44))) > 0)
  })

  test("a chain key that only one of the others gets in the clear is read by everybody", async () => {
    assert.ok((await opened(telling)) > 0)
  })

  test("the words themselves behind a broadcast are read by everybody, encrypted or not", async () => {
    const whole = appending(64, (_state, plaintext) =>
      Buffer.concat([plaintext, Buffer.alloc(64)]).subarray(0, 64),
    )
    assert.ok((await opened(whole)) > 0)
  })

  test("a chain key that is masked or turned round is made by no operation", async () => {
    for (const form of [xored, (key: Uint8Array) => key.toReversed()]) {
      const { everyByteIsAccountedFor } = await failures(chainKey(form))
      assert.match(
        everyByteIsAccountedFor?.finding.flaw ?? "",
        /^a broadcast packet of m00\d has 3\d bytes that/,
      )
    }
  })

  test("eight masked bytes behind each broadcast are made by no operation", async () => {
    const { everyByteIsAccountedFor } = await failures(chainKey((key) => xored(key).subarray(0, 8), 8))
    assert.match(
      everyByteIsAccountedFor?.finding.flaw ?? "",
      /^a broadcast packet of m00\d has \d+ bytes that/,
    )
  })

  test("a masked private key behind each bundle is made by no operation", async () => {
    const { everyByteIsAccountedFor } = await failures(baringMasked)
    assert.match(everyByteIsAccountedFor?.finding.flaw ?? "", /^a bundle of m00\d has \d+ bytes that/)
  })

  test("private keys behind each bundle open to everybody what is sent to its owner", async () => {
    assert.ok((await opened(baring)) > 0)
  })

  test("a chain key in the part of a broadcast that is for one alone is read by everybody", async () => {
    const cut = (packet: Packet): Packet =>
      packet.kind === "broadcast" && packet.direct?.get("m001")?.length
        ? { ...packet, direct: new Map(packet.direct).set("m001", withoutKey(packet.direct.get("m001"))) }
        : packet
    const withoutKey = (bytes: Uint8Array = new Uint8Array()) =>
      equal(bytes.subarray(-36, -32), utf8("here")) ? bytes.subarray(0, -36) : bytes
    const mutation: Mutation = (protocol) => ({
      ...protocol,
      update: (state, context) => {
        const effects = protocol.update(state, context)
        const { group } = state as unknown as { group: { own: { chainKey: Uint8Array } } }
        const packets = (effects.packets ?? []).map((packet) => {
          const sealed = packet.kind === "broadcast" ? packet.direct?.get("m001") : undefined
          if (packet.kind !== "broadcast" || sealed === undefined) return packet
          const direct = new Map(packet.direct).set("m001", concat(sealed, utf8("here"), group.own.chainKey))
          return { ...packet, direct }
        })
        return { ...effects, packets }
      },
      process: (state, context, packet) => protocol.process(state, context, cut(packet)),
      overhear: (stolen, live, context, packet) => protocol.overhear(stolen, live, context, cut(packet)),
    })
    const { closedToEavesdroppers } = await failedChecks("dcgka", mutation, SECRECY)
    assert.ok((closedToEavesdroppers?.finding.derivable ?? 0) > 0)
  })

  test("a commitment of DCGKA that is the seed itself opens all that follows from the seed", async () => {
    const mutation = onSuite((suite) => ({
      hash: (data) =>
        Buffer.from(data).includes("commitment") ? (data.slice(-32) as never) : suite.hash(data),
    }))
    const { closedToEavesdroppers } = await failedChecks("dcgka", mutation, SECRECY)
    assert.ok((closedToEavesdroppers?.finding.derivable ?? 0) > 0)
  })
})

describe("in operations", () => {
  const onMessageKeys = (change: (suite: Suite, input: Uint8Array) => Uint8Array) =>
    onSuite((suite) => ({
      hkdf: (salt, input, info, length) =>
        suite.hkdf(salt, equal(info, utf8("WhisperGroup")) ? change(suite, input) : input, info, length),
    }))

  test("message keys that are made of nothing secret are everybody's", async () => {
    const { closedToEavesdroppers } = await failures(onMessageKeys(() => utf8("for all of us")))
    assert.ok((closedToEavesdroppers?.finding.derivable ?? 0) > 0)
  })

  test("message keys that are made of a masked key follow from nothing that was made, and are nobody's secret", async () => {
    const { closedToEavesdroppers, everyByteIsAccountedFor } = await failures(
      onMessageKeys((_suite, input) => xored(input)),
    )
    assert.ok((closedToEavesdroppers?.finding.derivable ?? 0) > 0)
    assert.match(everyByteIsAccountedFor?.finding.flaw ?? "", /^what goes into hkdf has 32 bytes/)
  })

  test("a masked key is not made by encrypting it and decrypting it again", async () => {
    const { everyByteIsAccountedFor } = await failures((protocol) => ({
      ...protocol,
      send: (state, context, plaintext) => {
        const effects = protocol.send(state, context, plaintext)
        const [key, iv] = [key32(context.suite.random(32)), exactly(new Uint8Array(16), 16)]
        const masked = xored(state.own?.key.chainKey as Uint8Array)
        state.attic = [context.suite.decryptCbc(key, iv, context.suite.encryptCbc(key, iv, masked))]
        return effects
      },
    }))
    assert.match(everyByteIsAccountedFor?.finding.flaw ?? "", /^what goes into encryptCbc has 32 bytes/)
  })
})

describe("in some states, or after some steps,", () => {
  const found = async (name: string, mutation: Mutation) => {
    const { forwardSecrecy } = await failedChecks(name, mutation, { forwardSecrecy: true })
    return forwardSecrecy?.finding
  }

  test("old keys of a member that is neither the first nor the last are read from its copy", async () => {
    const finding = await found(
      "sender-keys",
      keeping(
        (key) => key,
        (member) => member === "m001",
      ),
    )
    assert.ok((finding?.derivable ?? 0) > 0)
  })

  test("keys that are kept when a device is added are read from a copy made before the next renewal", async () => {
    const finding = await found("dcgka", (protocol) => ({
      ...protocol,
      add: (state, context, newcomer) => {
        const { group } = state as unknown as { group: { ratchets: ReadonlyMap<string, Uint8Array> } }
        state.attic = [structuredClone(group.ratchets.get(state.me))]
        return protocol.add(state, context, newcomer)
      },
    }))
    assert.ok((finding?.derivable ?? 0) > 0)
  })

  test("the words themselves, kept by one who read them, are noticed without any key", async () => {
    const finding = await found("pairwise", (protocol) => ({
      ...protocol,
      process: (state, context, packet) => {
        const effects = protocol.process(state, context, packet)
        if (effects.message !== undefined) state.attic = [effects.message.plaintext]
        return effects
      },
    }))
    assert.match(finding?.flaw ?? "", /^m00\d's state has in it what was said$/)
  })
})

test("one member of nine that keeps its chain keys is found in a group of nine, and in no smaller one", async () => {
  const isKeeper = (member: string) => member === "m007"
  const failed = (groupSize: number) =>
    failedChecks("sender-keys", keeping(xored, isKeeper), { forwardSecrecy: true }, groupSize)
  assert.deepEqual(Object.keys(await failed(5)), [])
  const { everyByteIsAccountedFor } = await failed(9)
  assert.match(everyByteIsAccountedFor?.finding.flaw ?? "", /^m007's state\.attic\[0\] has 32 bytes/)
})

describe("adversaries that disagree", () => {
  test("a thief that tries nothing: what follows from the stolen state, and the first of it", async () => {
    const idle: Mutation = (protocol) => ({ ...protocol, overhear: () => false })
    const { healsAfterOwnUpdate } = await failedChecks("sender-keys", idle, { healsAfterOwnUpdate: false })
    assert.ok(healsAfterOwnUpdate)
    assert.equal(
      explanation(healsAfterOwnUpdate),
      "sender-keys, healsAfterOwnUpdate in a group of 3: the derivations lead to 3 messages, `overhear` opened 0; " +
        "the first that only one of them read: message 4, by m000",
    )
  })

  test("a thief that sees through everything: more than follows from anything", async () => {
    const boastful: Mutation = (protocol) => ({ ...protocol, overhear: () => true })
    const { forwardSecrecy } = await failedChecks("sender-keys", boastful, { forwardSecrecy: true })
    assert.ok(forwardSecrecy)
    assert.match(
      explanation(forwardSecrecy),
      /^sender-keys, forwardSecrecy .*lead to 0 messages, `overhear` opened \d+; .*: message 1, by m000$/,
    )
  })

  test("keys that are kept where the thief's honest code does not look", async () => {
    const { forwardSecrecy } = await failures(keeping(hex))
    assert.ok(forwardSecrecy)
    assert.match(
      explanation(forwardSecrecy),
      /lead to \d+ messages, `overhear` opened 0; the first that only one of them read: message \d+, by m00\d$/,
    )
  })
})
