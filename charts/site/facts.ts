/** What a site says about protocols that no run has measured: plain data from whoever knows the protocols. */

export type ProtocolFacts = {
  readonly name: string
  readonly channel: string
  /** One sentence for somebody who never heard of it. */
  readonly summary: string
  readonly source: string
  /** What has to happen until a thief is shut out, a sentence for each round. */
  readonly healing: readonly string[]
  readonly claims: readonly ClaimFact[]
}

/** A promise, or the lack of one, and what was seen. */
export type ClaimFact = ReadFact | ForgedFact

type Claimed = {
  readonly says: string
  readonly claimed: boolean
  /** Seen as claimed, and where two adversaries read they agree. */
  readonly passed: boolean
}

export type ReadFact = Claimed & {
  /** `healing`: what happens after a theft, and whether it shuts the thief out. */
  readonly about: "secrecy" | "healing"
  /** Messages at stake that the thief opened with the stolen copy. */
  readonly opened: number
  /** Messages at stake whose key follows from the stolen copy. */
  readonly derivable: number
}

/** What happens after a theft, and whether somebody with the stolen copy can still act as its victim. */
export type ForgedFact = Claimed & {
  readonly about: "impersonation"
  /** What others still took for the victim's, in words. */
  readonly accepted: readonly string[]
}

/** How the claims were played; the suite makes no difference. */
export type Verification = { readonly groupSize: number; readonly seed: number }

export type Facts = {
  readonly verification: Verification
  readonly protocols: readonly ProtocolFacts[]
}
