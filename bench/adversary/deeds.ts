/** What an impersonator may do in its victim's name, tried once; and how many of the others take it. */
import { unreachable } from "../../protocols/errors.ts"
import type { MemberId } from "../../protocols/ids.ts"
import type { Action } from "../sim/step.ts"
import type { Forgery } from "./forgery.ts"
import type { Deed } from "./scenarios/setting.ts"

/** Who is there when it tries. */
export type Parties = {
  readonly victim: MemberId
  /** All members but the victim, of whom the last is to be removed. */
  readonly others: readonly MemberId[]
  /** Registered, and in no group. */
  readonly newcomer: MemberId
}

/** How many took it, of those who could. */
export type Outcome = { readonly members: number; readonly of: number }

const FORGED = "words that the victim never said"
const say = (words: string): Action => ({ kind: "send", plaintext: new TextEncoder().encode(words) })

export function attempted(deed: Deed, forgery: Forgery, parties: Parties): Promise<Outcome> {
  switch (deed) {
    case "speaks":
      return speaks(forgery, parties)
    case "invites":
      return invites(forgery, parties)
    case "removes":
      return removes(forgery, parties)
    default:
      return unreachable(deed)
  }
}

/** Those who read its words as the victim's; said twice, since the victim may have used the first number itself. */
async function speaks(forgery: Forgery, { victim, others }: Parties): Promise<Outcome> {
  await forgery.forge(say(FORGED))
  await forgery.forge(say(FORGED))
  const readers = forgery.heard.filter(({ from, words }) => from === victim && words === FORGED)
  const taken = others.filter((member) => readers.some(({ reader }) => reader === member))
  return { members: taken.length, of: others.length }
}

/** Those whom the newcomer reads afterwards. */
async function invites(forgery: Forgery, { others, newcomer }: Parties): Promise<Outcome> {
  const of = others.length
  if (!(await forgery.forge({ kind: "add", newcomer }))) return { members: 0, of }
  return { members: (await heardBy(newcomer, forgery, others)).length, of }
}

/** Those whom the removed one does not read any more. */
async function removes(forgery: Forgery, { others }: Parties): Promise<Outcome> {
  const [member, remaining] = [others.at(-1) as MemberId, others.slice(0, -1)]
  const of = remaining.length
  if (!(await forgery.forge({ kind: "remove", member }))) return { members: 0, of }
  return { members: of - (await heardBy(member, forgery, remaining)).length, of }
}

/** Those of `speakers` whom `reader` reads when each has said something. */
async function heardBy(
  reader: MemberId,
  forgery: Forgery,
  speakers: readonly MemberId[],
): Promise<MemberId[]> {
  const words = (speaker: MemberId) => `${speaker} speaks of something else`
  for (const speaker of speakers) await forgery.act(speaker, say(words(speaker)))
  const isRead = (speaker: MemberId) =>
    forgery.heard.some((heard) => heard.reader === reader && heard.words === words(speaker))
  return speakers.filter(isRead)
}
