/** For a reader who meets the names of our protocols for the first time: what each is elsewhere, and what it needs. */

const KNOWN_AS: Readonly<Record<string, string>> = {
  "sender-keys": "Sender Keys, as in WhatsApp’s and Signal’s groups.",
  "periodic-sender-keys": "For comparison, from the paper on DCGKA.",
  pairwise: "Separate messages to all, as in Signal’s groups before Sender Keys.",
  dcgka:
    "Decentralised continuous group key agreement, a proposal from research (2020). No server has to put messages in order.",
  mls: "Messaging Layer Security, the IETF’s standard RFC 9420. A server has to put changes of the group in one order.",
}

/** A sentence or two; empty for a protocol that is not one of ours. */
export const knownAs = (protocol: string): string => KNOWN_AS[protocol] ?? ""
