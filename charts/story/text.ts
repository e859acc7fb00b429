/** What the page says about each scene. `Backticks` mark bytes. */
import type { SceneName } from "../../results/story.ts"
import type { Facts } from "./facts.ts"

export type SceneText = {
  readonly title: string
  /** What readers ask at this point; the paragraphs answer it. */
  readonly question?: string
  readonly paragraphs: readonly string[]
}

export const TITLE = "How Sender Keys work, byte by byte"

export const INTRODUCTION: readonly string[] = [
  "Four people form a group, talk, and lose one of them. Then somebody copies the whole memory of Bob’s phone. All of it " +
    "was played with real cryptography and the message formats of WhatsApp’s and Signal’s Sender Keys: the bytes below " +
    "are those that were sent.",
  "There are two layers. Every two devices share a channel: X3DH opens it, the Double Ratchet encrypts its messages. Above " +
    "the channels each member has a sender key of its own: a chain key, from which the keys of its messages are derived, and " +
    "a signature key. The group as a whole has no key.",
]

export function textOf(scene: SceneName, facts: Facts): SceneText {
  return TEXTS[scene](facts)
}

const TEXTS: Readonly<Record<SceneName, (facts: Facts) => SceneText>> = {
  publish: ({ bytes }) => ({
    title: "Everybody leaves keys with the server",
    paragraphs: [
      `A bundle is ${bytes.bundle} bytes of public keys: an identity key that never changes, a prekey signed with it, and a ` +
        "one-time prekey that the server gives away once. With a bundle anybody can open a channel to a device that is offline. " +
        "The private halves never leave the device.",
      "Nothing in a bundle proves whose it is. A server that gave out an identity key of its own would sit in the middle of " +
        "every channel opened with it. Comparing security codes rules that out.",
    ],
  }),
  form: () => ({
    title: "Alice makes the group",
    paragraphs: [
      "The server notes four names and tells all four. No key is made: there is nothing to encrypt yet, and there will never " +
        "be one key that all of them share.",
    ],
  }),
  "first-message": ({ n, chainKey, bytes }) => ({
    title: "Alice speaks first",
    question: "Where does the chain key come from, and what is it for?",
    paragraphs: [
      `From a random generator. Alice’s device draws 32 bytes, \`${chainKey}…\`, and a fresh signature key pair. The chain ` +
        "key comes neither from a Diffie–Hellman agreement nor from the ratchet of a channel. The Diffie–Hellman ratchet works " +
        `one layer below: it encrypts the ${n - 1} messages that bring the key to the others. Look into them: ` +
        `three different ciphertexts, and the same \`${chainKey}…\` in each.`,
      "The chain key is Alice’s update secret: whoever has it derives all her later keys alone. One hash of it gives the key of " +
        "the next message, another hash gives the next chain key, and then the old one is deleted. So every message has a key of " +
        "its own, nobody has to be told of it, and a phone that is copied later no longer holds the keys of what it has read.",
      "The signature key has another purpose. All members hold the chain key, so any of them could make a ciphertext that " +
        "fits it. The signature says that Alice made this one: she alone has its private half, and the public half came " +
        "with the chain key. It hides nothing, and a new one alone shuts nobody out.",
      `Then the message itself goes out once: ${bytes.broadcast} bytes for a line of text, copied by the server.`,
    ],
  }),
  "everyone-speaks": ({ n, bytes, twoParty }) => ({
    title: "The others answer",
    question: "Is the channel only X3DH?",
    paragraphs: [
      "No. X3DH happens once for each pair of devices: four Diffie–Hellman agreements between the keys of the one who writes " +
        "first and the bundle of the other give a first root key. That is why a first message carries a base key and an " +
        `identity key (${bytes.opening} bytes instead of ${bytes.later}). It uses up the one-time prekey, which is deleted.`,
      "Everything after that is the Double Ratchet. Each message brings a ratchet key. When that key is new, both sides mix a " +
        "Diffie–Hellman agreement with it into the root key; the old root key and the old sending chain are deleted. This adds " +
        "what X3DH does not have. Each message has a key that is deleted after use, and a stolen copy of a channel becomes " +
        "worthless when both sides have sent keys that they drew after the theft. With X3DH alone the copy would open that " +
        "channel for ever.",
      `Each member draws a chain of its own and gives it to the ${n - 1} others. Until all have spoken that takes ` +
        `n(n − 1) messages: ${pairs(n)} in this group, ${twoParty("everyone-speaks")} of them in this scene.`,
    ],
  }),
  "second-message": ({ bytes }) => ({
    title: "From now on a message is one message",
    paragraphs: [
      `Alice says something again: ${bytes.broadcast} bytes, uploaded once, and nothing else. Her chain has moved on by one hash. ` +
        "The iteration in the message says how far; the others hash their copy as far and open it. This is what Sender Keys are " +
        "for: pairwise encryption would take a ciphertext for each member, every time.",
    ],
  }),
  removal: ({ n }) => ({
    title: "Dave is removed",
    question: "Why does a removal clear every sender key?",
    paragraphs: [
      `Because Dave has all of them. Each of the ${n} chains is in his memory, and a chain moves on by a hash that anybody can ` +
        "compute: with the chain keys that he has, Dave could follow every chain to its end. The server gives him no more " +
        "messages, but if we relied on that, we would need no encryption.",
      "A new key for Alice alone would hide only what Alice says. So all members delete all chains, their own and those they " +
        "were given. Nobody sends anything yet: each member draws a fresh chain and gives it away with its next message.",
    ],
  }),
  "fresh-chains": ({ n, left, twoParty }) => ({
    title: "Fresh chains for those who stay",
    paragraphs: [
      `Each of the ${left} who stay draws a chain and gives it to the other ${left - 1}: (n − 1)(n − 2) messages for a group that had n, ` +
        `here ${twoParty("fresh-chains")} for n = ${n}. The channels exist already, so no bundle is fetched. Dave is sent none of ` +
        "these messages, and what he still has leads to none of the new chains: they are random, not derived from the old ones.",
    ],
  }),
  theft: ({ left }) => ({
    title: "Somebody copies Bob’s phone",
    paragraphs: [
      `The thief now has what Bob’s phone had: all ${left} sender chains, Bob’s private signature key, and his end of each ` +
        "channel, which opens what is sent either way. From now on the thief only listens. The last column is not an opinion: a program " +
        "with that copy tries every message of everybody, and the column says what it opened. Bob and the others notice nothing.",
    ],
  }),
  "renewal-alone": () => ({
    title: "Bob renews his key, and nothing is healed",
    paragraphs: [
      "Bob draws a fresh chain and gives it to the others. But he sends it over channels that were in the copy: the thief reads " +
        "the new chain key as they do. Even if it could not, Alice’s chain would still be the one that was copied: her next " +
        "message opens as before. The renewal of one member heals no other member’s chain.",
    ],
  }),
  channels: ({ left, twoParty }) => ({
    title: "First the channels heal",
    paragraphs: [
      "Bob sends an empty message on each of his channels, and the others answer. The thief still reads both: the answers are " +
        "encrypted to a ratchet key whose private half was in the copy. The next message that Bob sends is the first that it " +
        "cannot read: its key comes from a ratchet key that Bob drew after the theft.",
      `That is two messages on each of the ${left - 1} channels: ${twoParty("channels")}. On a channel on which Bob sent last the answer ` +
        "alone would do; so it would here, after his renewal in vain. The group is not healed yet. The sender chains are still " +
        "those that were copied, and everybody’s next message would open.",
      "There is another way. Bob’s app could leave its sessions behind and open new ones from fresh prekey bundles. Then the thief " +
        "could read none of his messages, and this scene would not be needed. Apps do so when a session is broken, or when the " +
        "user resets it.",
    ],
  }),
  "everyone-renews": ({ left, twoParty }) => ({
    title: "Then everybody renews, Bob first",
    question: "Why does healing cost n(n − 1) messages?",
    paragraphs: [
      "The copy held a chain of each of the n members. The chains are random and have nothing to do with one another: to renew " +
        "one heals that one alone, so all n members must draw a fresh one. And nobody shares a key with all the others, with which " +
        `to tell them at once, so each member has to tell n − 1 others, one by one. That is n(n − 1): ${twoParty("everyone-renews")} here with n = ${left}, ` +
        "992 in a group of 32, 16,256 in a group of 128. Before that come up to 2(n − 1) for the channels.",
      "The order matters. Bob’s renewal goes first: on each channel it is the message with which the channel heals. Had the others " +
        "renewed before it arrived, the thief could have read their new keys on the way to Bob, and all would have been in vain.",
    ],
  }),
  after: () => ({
    title: "Healed",
    paragraphs: [
      "Nothing opens any more, whoever speaks. One thing is not healed: Bob’s identity key is still in the copy. A thief who does " +
        "more than listen could pass himself off as Bob to anybody who opens a new channel. No renewal changes that; only a new " +
        "identity does.",
    ],
  }),
}

/** Everyone to everyone else. */
const pairs = (n: number): number => n * (n - 1)

/** What passes the server, whatever the scene. */
export const SERVER_SEES: readonly string[] = [
  "Who sends something to whom, when, and how many bytes; whether it is for one or for all.",
  "Who is in the group: here the server announces it.",
  "Everything that is not inside a ciphertext: distribution and chain ids, iterations, counters, ratchet keys, signatures. So it " +
    "can tell a first message from a later one, and a message that carries a chain key, by its length, from an empty one.",
]

export const SERVER_CANNOT: readonly string[] = [
  "Read a word, or a chain key: they are inside ciphertexts, and it never has the keys.",
  "Write in somebody’s name: it has nobody’s signature key and no channel’s MAC key.",
]

export const SERVER_COULD: readonly string[] = [
  "Keep messages back, or deliver them late.",
  "Give out an identity key of its own where two devices have no channel yet, unless the two compare security codes.",
  "Announce a member whom nobody invited, unless the apps check who may invite: the others would give it their keys.",
]

export const SERVER_NOTE =
  "Apps send all of this over an encrypted connection to the server, which hides it from everybody else, and some hide more " +
  "from the server itself, such as the sender’s name. None of that is played here."
