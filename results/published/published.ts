/** The published series that charts can lay over a run. */
import { dcgkaPrototype } from "./dcgka-prototype.ts"
import { dcgkaRerun, openmls } from "./keyhive-eval.ts"
import type { PublishedSeries } from "./series.ts"

export const published: readonly PublishedSeries[] = [dcgkaPrototype, dcgkaRerun, openmls]

/** @throws Error naming the known series */
export function publishedNamed(name: string): PublishedSeries {
  const found = published.find((series) => series.name === name)
  if (found !== undefined) return found
  throw new Error(`unknown published series "${name}"; known: ${published.map((s) => s.name).join(", ")}`)
}
