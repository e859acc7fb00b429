/**
 * The claims in the words of the field, for readers who do not know our names: one entry for each, in the group under
 * which it is shown, with the file in `scenarios/` that plays it.
 */
import type { CheckName } from "./claims.ts"

/** In the order in which they are shown: what stands above the rows of each, and under each heading. */
export const GROUPS = {
  "Without a compromise": {
    column: "Does it hold?",
    says:
      "Nothing has been copied. Somebody hears all that goes over the wire and sees what lies at the server, while a group forms, " +
      "talks, changes and heals.",
  },
  "Forward secrecy": {
    column: "Does it hold?",
    says: "A device is copied now: what does the copy open of what was received before?",
  },
  "Joining and leaving": {
    column: "Does it hold?",
    says: "What does a member read of the time before it was added, and after it was removed?",
  },
  "Post-compromise security": {
    column: "Is the attacker shut out after this?",
    says:
      "One device is copied, then this happens, then every member sends one message: does the copy, with all that went " +
      "over the wire since, open any of these messages? To renew is to draw fresh keys and give them to the others. The " +
      "three messages on a channel go from the compromised member to the other, back, and to the other again.",
  },
  "Several compromised devices": {
    column: "Is an attacker with both copies shut out?",
    says:
      "The attacker holds the copies of two devices and puts together what is in them, which may be more than either opens " +
      "alone.",
  },
  "Members who are silent or away": {
    column: "Is the attacker shut out after this?",
    says:
      "As in the row above in which all renew after three messages on each channel, but without what one member does in " +
      "it. Then the others, and that member if it is back, send one message each.",
  },
  "Operations that cross": {
    column: "Is the attacker shut out after this?",
    says: "One device is copied; then two members act, and neither has heard what the other is doing.",
  },
  Impersonation: {
    column: "Is an impersonator shut out after this?",
    says:
      "The attacker acts: with the copy and the login of one device it speaks, invites and removes in that member's name, " +
      "after the group has done what the row says. Right after the compromise all three work under every protocol.",
  },
} as const satisfies Readonly<Record<string, { readonly column: string; readonly says: string }>>

export type ClaimGroup = keyof typeof GROUPS

export type ClaimRow = {
  readonly group: ClaimGroup
  readonly text: string
  /** Of the folder `scenarios/`. */
  readonly scenario: `${string}.ts`
}

const heals = (text: string): ClaimRow => ({
  group: "Post-compromise security",
  text,
  scenario: "recovery.ts",
})

const impersonation = (text: string): ClaimRow => ({
  group: "Impersonation",
  text,
  scenario: "impersonation.ts",
})

export const CLAIM_ROWS: Readonly<Record<CheckName, ClaimRow>> = {
  closedToEavesdroppers: {
    group: "Without a compromise",
    text: "An eavesdropper that has copied nothing reads nothing",
    scenario: "eavesdropping.ts",
  },
  everyByteIsAccountedFor: {
    group: "Without a compromise",
    text: "Every byte of states, packets and bundles is accounted for: an operation made it, or it stands there always",
    scenario: "accounting.ts",
  },
  forwardSecrecy: {
    group: "Forward secrecy",
    text: "Messages received before the compromise stay secret, in whatever order they came",
    scenario: "secrecy.ts",
  },
  joinerCannotReadPast: {
    group: "Joining and leaving",
    text: "A new member reads nothing sent before it was added",
    scenario: "secrecy.ts",
  },
  removedCannotReadFuture: {
    group: "Joining and leaving",
    text: "A removed member reads nothing sent after the others learnt of its removal",
    scenario: "secrecy.ts",
  },
  healsAfterOwnUpdate: heals("The compromised member alone renews"),
  healsAfterOthersUpdate: heals("All but the compromised member renew, one after another"),
  healsAfterChannelSteps: heals(
    "Three messages on each two-party channel of the compromised member; nobody renews",
  ),
  healsAfterEveryonesUpdate: heals("All renew at once, without messages on the channels first"),
  healsAfterAllButOneUpdate: heals("Three messages on each of its channels, then all but one member renew"),
  healsAfterChannelStepsThenUpdates: heals("Three messages on each of its channels, then all renew"),
  healsAfterRemovalOfAnother: heals("The compromised member removes another"),
  healsAfterRemovalByAnother: heals("A member that is not compromised removes a third"),
  healsInTraffic: heals("Nobody notices; all go on talking for four renewal periods"),
  impersonationEndsWithOwnUpdate: impersonation("The compromised member renews, and all speak"),
  impersonationEndsWithHeal: impersonation(
    "Three messages on each of its channels, then all renew, and all speak",
  ),
  impersonationEndsWithRemoval: impersonation("Another member removes the compromised device"),
  healsByItsRounds: heals("What the protocol says it needs: the rounds that `heal` counts"),
  closedBetweenTwoThefts: {
    group: "Several compromised devices",
    text: "A device is copied and heals, ten messages follow, a member that only listened is copied: the ten stay secret",
    scenario: "two-copies.ts",
  },
  healsTwoVictimsAtOnce: {
    group: "Several compromised devices",
    text: "Two compromised members renew at once, neither having heard of the other",
    scenario: "two-copies.ts",
  },
  healsDespiteASilentPeer: {
    group: "Members who are silent or away",
    text: "All but one member take the steps that heal; that one receives everything and sends only automatic answers",
    scenario: "absent-members.ts",
  },
  healsWhileSomeAreOffline: {
    group: "Members who are silent or away",
    text: "The same while that one is offline; then it gets what waited for it, and speaks too",
    scenario: "absent-members.ts",
  },
  healsAcrossARemoval: {
    group: "Operations that cross",
    text: "The compromised member renews while another removes a third, neither having heard of the other",
    scenario: "crossing.ts",
  },
}
