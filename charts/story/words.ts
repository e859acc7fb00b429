/** What happened in an event of the story, in a few words for the diagram and in a sentence for everybody else. */
import type { KeyChange, StoryEvent, StoryPart } from "../../results/story.ts"

export type Told = {
  /** Beside the arrow. */
  readonly label: string
  readonly sentence: string
}

export function told(event: StoryEvent): Told {
  switch (event.kind) {
    case "publish":
      return publishing(event)
    case "act":
      return acting(event)
    case "notice":
      return announcing(event)
    case "two-party":
      return event.content.some(isChainKey) ? giving(event) : stepping(event)
    case "broadcast":
      return speaking(event)
  }
}

/** Steps in which a member drew or fetched nothing are seen in the message that follows. */
export const isShown = (event: StoryEvent): boolean =>
  event.kind !== "act" || event.bundles > 0 || event.changes.some(isDrawn)

type Of<Kind extends StoryEvent["kind"]> = Extract<StoryEvent, { readonly kind: Kind }>

function publishing({ by, parts }: Of<"publish">): Told {
  const label = `prekey bundle, ${bytes(parts)}`
  return { label, sentence: `${by} leaves a bundle of public keys with the server: ${bytes(parts)}.` }
}

function acting({ by, bundles, changes }: Of<"act">): Told {
  const does = [
    ...(changes.some(isDrawn) ? ["draws a chain key and a signature key"] : []),
    ...(bundles > 0 ? [`fetches ${counted(bundles, "bundle")}`] : []),
  ].join(", ")
  return { label: does, sentence: `${by} ${does}.` }
}

function announcing({ by, change, to }: Of<"notice">): Told {
  const label = { create: "has been created", add: "has a new member", remove: "has lost a member" }[change]
  const cleared = to.some(({ changes }) => changes.some((own) => own.change === "gone"))
  return {
    label: `“the group ${label}”${cleared ? ", all sender keys go" : ""}`,
    sentence: `At ${by}’s request the server tells everybody that the group ${label}${
      cleared ? "; each of them deletes all sender keys" : "; no key is made"
    }.`,
  }
}

function giving({ from, to, parts }: Of<"two-party">): Told {
  const opens = parts.some(({ name }) => name === "base key")
  return {
    label: `chain key${opens ? ", opens the channel" : ""}, ${bytes(parts)}`,
    sentence: `${from} gives ${to} the chain key${opens ? " and opens their channel with it" : " over their channel"}: ${bytes(parts)}.`,
  }
}

function stepping({ from, to, parts }: Of<"two-party">): Told {
  return {
    label: `empty, ${bytes(parts)}`,
    sentence: `${from} sends ${to} an empty message, to turn the ratchet of their channel: ${bytes(parts)}.`,
  }
}

function speaking({ from, words, parts }: Of<"broadcast">): Told {
  const label = `“${words}”, ${bytes(parts)}`
  return { label, sentence: `${from} says ${label} once, and the server gives a copy to each of the others.` }
}

const isChainKey = ({ name }: StoryPart): boolean => name === "chain key"
const isDrawn = ({ change, name }: KeyChange): boolean =>
  change === "gained" && name.startsWith("private signature key")

export const lengthOf = (parts: readonly StoryPart[]): number =>
  parts.reduce((sum, { hex }) => sum + hex.length / 2, 0)

const bytes = (parts: readonly StoryPart[]): string => `${lengthOf(parts)} bytes`

export const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? "" : "s"}`
