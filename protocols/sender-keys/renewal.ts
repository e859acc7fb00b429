/**
 * When a member draws a fresh sender key without being asked.
 *
 * Source: ePrint 2020/1281 of 2020-10-07, §3 (periodic renewal would give post-compromise security, WhatsApp
 * does without); Signal renews after 14 days, at the next message.
 */

export type RenewalPolicy =
  | { readonly kind: "never" }
  /** After this many of the member's own messages, or this much simulated time, whichever comes first. */
  | { readonly kind: "periodic"; readonly messages: number; readonly seconds: number }

/** How far a key was used. */
export type Usage = { readonly messages: number; readonly ageSeconds: number }

export function isDue(policy: RenewalPolicy, { messages, ageSeconds }: Usage): boolean {
  if (policy.kind === "never") return false
  return messages >= policy.messages || ageSeconds >= policy.seconds
}
