/** Figures of the story that its text quotes, taken from the recording and from nowhere else. */
import type { Scene, SceneName, Story, StoryEvent } from "../../results/story.ts"
import { lengthOf } from "./words.ts"

export type Facts = {
  /** Members at first, and after the removal. */
  readonly n: number
  readonly left: number
  /** The first eight digits of the first chain key, in hexadecimal. */
  readonly chainKey: string
  readonly bytes: {
    readonly bundle: number
    readonly opening: number
    readonly later: number
    readonly broadcast: number
  }
  /** Two-party messages in a scene. */
  readonly twoParty: (scene: SceneName) => number
}

type Of<Kind extends StoryEvent["kind"]> = Extract<StoryEvent, { readonly kind: Kind }>

/** @throws Error when the story has no such scene or event */
export function factsOf(story: Story): Facts {
  const scene = (name: SceneName): Scene => known(story.scenes.find((candidate) => candidate.name === name))
  const sent = <Kind extends StoryEvent["kind"]>(name: SceneName, kind: Kind): Of<Kind>[] =>
    scene(name).events.filter((event): event is Of<Kind> => event.kind === kind)
  const opening = known(sent("first-message", "two-party")[0])
  return {
    n: story.cast.length,
    left: scene("after").members.length,
    chainKey: known(opening.content.find(({ name }) => name === "chain key")).hex.slice(0, 8),
    bytes: {
      bundle: lengthOf(known(sent("publish", "publish")[0]).parts),
      opening: lengthOf(opening.parts),
      later: lengthOf(known(sent("fresh-chains", "two-party")[0]).parts),
      broadcast: lengthOf(known(sent("second-message", "broadcast")[0]).parts),
    },
    twoParty: (name) => sent(name, "two-party").length,
  }
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("the story lacks what its text speaks of")
  return value
}
