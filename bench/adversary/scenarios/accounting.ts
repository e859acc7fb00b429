/** `everyByteIsAccountedFor`: of every state, and of all that goes over the wire or into an operation. */
import { observedSuite, type SuiteCall } from "../../../protocols/crypto/counting.ts"
import type { RandomSource, Suite } from "../../../protocols/crypto/suite.ts"
import { byteStringsIn } from "../../../protocols/packets.ts"
import { Group } from "../../sim/group.ts"
import { inTurn } from "../../sim/in-turn.ts"
import { form, talk } from "../../sim/operations.ts"
import { settlingOf } from "../../sim/settling.ts"
import { flawOf, type Holding, Outputs } from "../accounts.ts"
import { leavesOf } from "../plain-data.ts"
import { live } from "./life.ts"
import type { ReadFinding, Setting } from "./setting.ts"

/** So that each byte that is drawn differs from one play to the other, and nothing else does. */
const MASKS = [0x00, 0x5a] as const

/** A group lives twice, its packets in any order; what it holds and sends is compared. */
export async function accounting(setting: Setting): Promise<ReadFinding> {
  const [first, second] = (await inTurn(MASKS, (mask) => play(setting, mask))) as [Books, Books]
  for (const [index, holding] of first.holdings.entries()) {
    const flaw = flawOf(holding, second.holdings[index], first.outputs)
    if (flaw !== undefined) return { kind: "read", opened: 0, derivable: 0, flaw }
  }
  return { kind: "read", opened: 0, derivable: 0 }
}

async function play(setting: Setting, mask: number): Promise<Books> {
  const { protocol, createSuite, seed, groupSize, settling } = setting
  const books = new Books()
  const observed = (random: RandomSource) => books.observe(createSuite(masked(random, mask)))
  const group = new Group(protocol, { seed, createSuite: observed, order: "reordered" })
  books.listenTo(group)
  await form(group, groupSize)
  for (const wave of settlingOf(settling, group.roster, seed)) await group.perform(wave)
  await talk(group, group.roster)
  books.takeStock(group)
  await live(group, groupSize, () => books.takeStock(group))
  return books
}

const masked =
  (random: RandomSource, mask: number): RandomSource =>
  (length) =>
    random(length).map((byte) => byte ^ mask)

/** What is held and sent as a group lives, in order, and what operations put out. */
class Books {
  readonly holdings: Holding[] = []
  readonly outputs = new Outputs()

  observe(suite: Suite): Suite {
    return observedSuite(suite, (call) => {
      for (const argument of call.args)
        if (argument instanceof Uint8Array) this.#hold(`what goes into ${call.operation}`, argument)
      this.#note(call)
    })
  }

  listenTo(group: Group): void {
    group.observe({
      onBundle: (member, bundle) => this.#hold(`a bundle of ${member}`, bundle),
      onUpload: (packet) => {
        const name = `a ${packet.kind} packet of ${packet.from}`
        for (const bytes of byteStringsIn(packet)) this.#hold(name, bytes)
      },
    })
  }

  /** @throws NotPlainData */
  takeStock(group: Group): void {
    for (const { id, state } of group.release().members) {
      const name = `${id}'s state`
      this.holdings.push({ name, leaves: leavesOf(state, name) })
    }
  }

  #hold(name: string, value: Uint8Array): void {
    this.holdings.push({ name, leaves: [{ path: name, shape: name, container: "", value }] })
  }

  /** Decrypting puts out what somebody put in. */
  #note({ operation, result }: SuiteCall): void {
    if (operation === "verify" || operation === "edVerify") return
    if (operation === "decryptCbc" || operation === "openGcm") return
    if (operation === "random") this.outputs.addDraw(result)
    if (operation === "keyPair" || operation === "edKeyPair") this.#notePair(result)
    else this.outputs.add(result)
  }

  #notePair(pair: { readonly secret: Uint8Array; readonly public: Uint8Array }): void {
    this.outputs.add(pair.secret)
    this.outputs.add(pair.public)
  }
}
