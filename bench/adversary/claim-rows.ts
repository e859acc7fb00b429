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
      "Nothing has been copied. An eavesdropper records all traffic and sees what the server keeps, while a group forms, " +
      "sends messages, adds and removes a member, and renews its keys.",
  },
  "Forward secrecy": {
    column: "Does it hold?",
    says: "Messages arrive in any order. Whenever all have arrived, after each operation of the group, each device is copied: does its copy open any of them?",
  },
  "Joining and leaving": {
    column: "Does it hold?",
    says: "Which messages can a member read from before it was added, and from after it was removed?",
  },
  "Post-compromise security": {
    column: "Is the attacker shut out after this?",
    says:
      "One device is copied; then what the row says happens; then every member sends one message. Does the copy, together " +
      "with all traffic since, open any of these messages? To renew is what a protocol offers to replace a member’s secret: a " +
      "fresh sender key (Sender Keys), an empty message to each member (`pairwise`), a fresh seed (`dcgka`), a commit (`mls`). " +
      "Three messages on a channel: one from the compromised member, one back, and one from it again.",
  },
  "Several compromised devices": {
    column: "Is an attacker with both copies shut out?",
    says: "The attacker holds copies of two devices and combines them: together they may open more than each does alone.",
  },
  "Members who are silent or away": {
    column: "Is the attacker shut out after this?",
    says:
      "As in the row “Three messages on each channel of the compromised member, then all renew” above, but one member that is not compromised " +
      "takes no part. Then each of the others sends one message, and so does that member if it has come back.",
  },
  "Operations that cross": {
    column: "Is the attacker shut out after this?",
    says: "One device is copied; then two members act at the same time, before either hears of the other’s operation.",
  },
  Impersonation: {
    column: "Is an impersonator shut out after this?",
    says:
      "The attacker acts. After the group has done what the row says, it uses the copy and the login of one device to speak, " +
      "invite and remove in that member’s name. Right after the compromise all three work under every protocol.",
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
    text: "All bytes in states, packets and prekey bundles are accounted for: output of a cryptographic operation, or constant",
    scenario: "accounting.ts",
  },
  forwardSecrecy: {
    group: "Forward secrecy",
    text: "Messages received before the compromise stay secret, in whatever order they arrived",
    scenario: "secrecy.ts",
  },
  joinerCannotReadPast: {
    group: "Joining and leaving",
    text: "A new member reads nothing sent before it was added",
    scenario: "secrecy.ts",
  },
  removedCannotReadFuture: {
    group: "Joining and leaving",
    text: "A removed member reads nothing sent after the others have learnt of its removal",
    scenario: "secrecy.ts",
  },
  healsAfterOwnUpdate: heals("The compromised member alone renews"),
  healsAfterOthersUpdate: heals("All but the compromised member renew, one after another"),
  healsAfterChannelSteps: heals(
    "Three messages on each two-party channel of the compromised member; nobody renews",
  ),
  healsAfterEveryonesUpdate: heals("All renew at once, without messages on the channels first"),
  healsAfterAllButOneUpdate: heals(
    "Three messages on each channel of the compromised member, then all but one other member renew",
  ),
  healsAfterChannelStepsThenUpdates: heals(
    "Three messages on each channel of the compromised member, then all renew",
  ),
  healsAfterRemovalOfAnother: heals("The compromised member removes another"),
  healsAfterRemovalByAnother: heals("A member that is not compromised removes a third member"),
  healsInTraffic: heals("Nobody notices; all go on sending messages for four renewal periods of 14 days"),
  impersonationEndsWithOwnUpdate: impersonation("The compromised member renews, then all send a message"),
  impersonationEndsWithHeal: impersonation(
    "Three messages on each channel of the compromised member, then all renew, then all send a message",
  ),
  impersonationEndsWithRemoval: impersonation("Another member removes the compromised device"),
  healsByItsRounds: heals("The steps that the protocol says it needs, which the operation `heal` counts"),
  closedBetweenTwoThefts: {
    group: "Several compromised devices",
    text: "One device is copied and heals; ten messages follow; then a member that sent none of them is copied: the ten stay secret",
    scenario: "two-copies.ts",
  },
  healsTwoVictimsAtOnce: {
    group: "Several compromised devices",
    text: "Two compromised members renew at once, before either hears of the other’s renewal",
    scenario: "two-copies.ts",
  },
  healsDespiteASilentPeer: {
    group: "Members who are silent or away",
    text: "All but one member take the steps that heal; that one receives everything and sends only automatic answers",
    scenario: "absent-members.ts",
  },
  healsWhileSomeAreOffline: {
    group: "Members who are silent or away",
    text: "All but one member take the steps that heal; that one is offline, comes back, receives what waited for it, and sends too",
    scenario: "absent-members.ts",
  },
  healsAcrossARemoval: {
    group: "Operations that cross",
    text: "The compromised member renews while another removes a third; neither has heard of the other’s operation",
    scenario: "crossing.ts",
  },
}
