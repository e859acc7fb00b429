/** Members as membership alone has them: they add, remove and acknowledge, and hear of it in orders of their own. */
import { type MessageId, messageKey } from "../dcgka/ids.ts"
import { type Membership, newMembership, recordAck, recordAdd, recordRemove } from "../dcgka/membership.ts"
import type { Draw } from "./protobuf-mutations.ts"

type What =
  | { readonly kind: "add"; readonly whom: string }
  | { readonly kind: "remove"; readonly whom: string }
  | { readonly kind: "ack"; readonly of: string }
type Deed = MessageId & What
/** An add or a remove, with what its author knew of. */
type Past = Deed & { readonly known: ReadonlySet<string> }

type Villager = {
  readonly group: Membership
  readonly deeds: Deed[]
  /** How many deeds of each other it has heard of. */
  readonly heard: Map<string, number>
  /** Keys of the adds and removes among them, and of its own. */
  readonly known: Set<string>
}

export class Village {
  readonly villagers = new Map<string, Villager>()
  /** All adds and removes. */
  readonly history: Past[] = []

  constructor(founders: readonly string[]) {
    for (const id of founders) {
      const group = newMembership(founders)
      this.villagers.set(id, { group, deeds: [], heard: new Map(), known: new Set() })
    }
  }

  #villager(id: string): Villager {
    const villager = this.villagers.get(id)
    if (villager === undefined) throw new Error(`nobody is called ${id}`)
    return villager
  }

  do(author: string, what: What): void {
    const { group, deeds, known } = this.#villager(author)
    const deed: Deed = { author, seq: deeds.length + 1, ...what }
    if (deed.kind !== "ack") this.history.push({ ...deed, known: new Set(known) })
    deeds.push(deed)
    if (deed.kind === "add") this.#welcome(deed, this.#villager(author))
    record(group, deed)
    if (deed.kind !== "ack") known.add(messageKey(deed))
  }

  /** The newcomer begins with what its adder knew, and with its own add. */
  #welcome(add: Extract<Deed, { readonly kind: "add" }>, { group, heard, known }: Villager): void {
    const newcomer = {
      group: structuredClone(group),
      deeds: [],
      heard: new Map(heard).set(add.author, add.seq),
      known: new Set(known).add(messageKey(add)),
    }
    this.villagers.set(add.whom, newcomer)
    record(newcomer.group, add)
    this.do(add.whom, { kind: "ack", of: messageKey(add) })
  }

  /** `id` hears the next deed of `author`, if there is one that it can make sense of. */
  #hear(id: string, author: string): boolean {
    const { group, heard, known } = this.#villager(id)
    const count = heard.get(author) ?? 0
    const deed = this.#villager(author).deeds[count]
    if (deed === undefined || id === author) return false
    if (deed.kind === "ack" ? !known.has(deed.of) : !isKnown(group, author)) return false
    heard.set(author, count + 1)
    record(group, deed)
    if (deed.kind === "ack") return true
    known.add(messageKey(deed))
    if (group.members.has(id)) this.do(id, { kind: "ack", of: messageKey(deed) })
    return true
  }

  /** Deeds are heard of one at a time, at most so many. */
  settle(draw: Draw, most = Number.POSITIVE_INFINITY): void {
    for (let count = 0; count < most; count++) {
      const ids = [...this.villagers.keys()]
      const pairs = ids.flatMap((id) => ids.map((author) => [id, author] as const))
      const start = draw(pairs.length)
      const turned = [...pairs.slice(start), ...pairs.slice(0, start)]
      if (!turned.some(([id, author]) => this.#hear(id, author))) return
    }
  }
}

const isKnown = ({ members, removed }: Membership, id: string): boolean => members.has(id) || removed.has(id)

function record(group: Membership, deed: Deed): void {
  if (deed.kind === "add") recordAdd(group, messageKey(deed), deed.author, deed.whom)
  else if (deed.kind === "remove") recordRemove(group, messageKey(deed), deed.author, deed.whom)
  else recordAck(group, deed.of, deed.author)
}

/** The definition itself, over the whole history: each remove undoes what it names, and adds unknown to its author. */
export function removedBy(history: readonly Past[]): Set<string> {
  const removed = new Set<string>()
  for (const remove of history) {
    if (remove.kind !== "remove") continue
    const undone = new Set([remove.whom])
    for (const adder of undone) {
      for (const add of history) {
        const isUnknown = !remove.known.has(messageKey(add))
        if (add.kind === "add" && add.author === adder && isUnknown) undone.add(add.whom)
      }
    }
    for (const id of undone) removed.add(id)
  }
  return removed
}
