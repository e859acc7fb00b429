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
  "There are two layers. Each two devices share a channel: X3DH opens it, the Double Ratchet keeps it. Above the " +
    "channels each member has a sender key of its own: a chain key, from which the keys of its messages come, and a " +
    "signature key. The group as a whole has no key.",
]

export function textOf(scene: SceneName, facts: Facts): SceneText {
  return TEXTS[scene](facts)
}

const TEXTS: Readonly<Record<SceneName, (facts: Facts) => SceneText>> = {
  publish: ({ bytes }) => ({
    title: "Everybody leaves keys with the server",
    paragraphs: [
      `A bundle is ${bytes.bundle} bytes of public keys: an identity key that stays for good, a prekey signed with it, and a ` +
        "one-time prekey that the server gives away once. With it anybody can open a channel to a device that is offline. " +
        "The private halves never leave the device.",
      "Nothing in a bundle proves whose it is. A server that gave out an identity key of its own would sit in the middle of " +
        "every channel opened with it; comparing security codes is what excludes that.",
    ],
  }),
  form: () => ({
    title: "Alice makes the group",
    paragraphs: [
      "The server notes four names and tells all four. No key is made: there is nothing yet that a key would be for, and " +
        "there will never be one key that all of them share.",
    ],
  }),
  "first-message": ({ n, chainKey, bytes }) => ({
    title: "Alice speaks first",
    question: "Where does the chain key come from, and what is it for?",
    paragraphs: [
      `From a random generator. Alice’s device draws 32 bytes, \`${chainKey}…\`, and a fresh signature key pair. No ` +
        "Diffie–Hellman goes into the chain key, and no ratchet of the two-party chats makes it. The Diffie–Hellman " +
        `ratchet works one layer below: it seals the ${n - 1} messages that bring the key to the others. Look into them: ` +
        `three different ciphertexts, and the same \`${chainKey}…\` in each.`,
      "The chain key is Alice’s update secret: whoever has it derives the rest alone. One hash of it gives the key of the next " +
        "message, another hash the next chain key, and then it is deleted. So every message has a key of its own, nobody has " +
        "to be told anything for it, and a phone that is robbed later no longer has the keys of what it has read.",
      "The signature key is for something else. All members hold the chain key, so any of them could make a ciphertext that " +
        "fits it. The signature says that Alice made this one: she alone has its private half, and the public half came " +
        "with the chain key. It hides nothing, and a new one alone shuts nobody out.",
      `Then the message itself goes out once: ${bytes.broadcast} bytes for a line of text, copied by the server.`,
    ],
  }),
  "everyone-speaks": ({ n, bytes, twoParty }) => ({
    title: "The others answer",
    question: "Is the channel only X3DH?",
    paragraphs: [
      "No. X3DH happens once for each two devices: four Diffie–Hellman agreements between the keys of the one who writes first " +
        "and the bundle of the other give a first root key. It is for this that a first message carries a base key and an " +
        `identity key (${bytes.opening} bytes instead of ${bytes.later}), and with it the one-time prekey is used up and deleted.`,
      "Everything after that is the Double Ratchet. Each message brings a ratchet key, and when one comes that is new, both " +
        "sides put a Diffie–Hellman agreement with it into the root key: the old root key goes, and the old sending chain " +
        "with it. That adds what X3DH has not. Each message has a key that is deleted after " +
        "use, and a stolen copy of a channel loses its worth when both sides have sent keys that they drew after the theft. " +
        "With X3DH alone the copy would open that channel for ever.",
      `Each member draws a chain of its own and gives it to the ${n - 1} others. Until all have spoken that is ` +
        `n(n − 1) messages: ${pairs(n)} in this group, of which ${twoParty("everyone-speaks")} in this scene.`,
    ],
  }),
  "second-message": ({ bytes }) => ({
    title: "From now on a message is one message",
    paragraphs: [
      `Alice says something again: ${bytes.broadcast} bytes, uploaded once, and nothing else. Her chain has moved by one hash, ` +
        "and the iteration in the message says to where; the others hash as far and open it. This is what Sender Keys are " +
        "for: pairwise encryption would take a ciphertext for each member, every time.",
    ],
  }),
  removal: ({ n }) => ({
    title: "Dave is removed",
    question: "Why does a removal clear every sender key?",
    paragraphs: [
      `Because Dave has all of them. Each of the ${n} chains is in his memory, and a chain moves on by a hash that anybody can ` +
        "compute: with the chain keys that he has, Dave could follow every chain to its end. The server gives him no more " +
        "messages, but whoever relies on that needs no encryption.",
      "A new key of Alice alone would hide only what Alice says. So all members delete all chains, their own and those they " +
        "were given. Nobody sends anything yet: a fresh chain is drawn and given away with its owner’s next message.",
    ],
  }),
  "fresh-chains": ({ n, left, twoParty }) => ({
    title: "Fresh chains for those who stay",
    paragraphs: [
      `Each of the ${left} who stay draws a chain and tells the other ${left - 1}: (n − 1)(n − 2) messages for a group that had n, ` +
        `here ${twoParty("fresh-chains")} for n = ${n}. The channels are there already, so no bundle is fetched. Dave was sent none of ` +
        "these, and what he still has leads to none of them: the new chains are random, not made from the old ones.",
    ],
  }),
  theft: ({ left }) => ({
    title: "Somebody copies Bob’s phone",
    paragraphs: [
      `The thief now has what Bob’s phone had: all ${left} sender chains, Bob’s private signature key, and his end of each ` +
        "channel, which opens what is sent either way. From now on the thief only listens. The last column is not an opinion: a program " +
        "with that copy tries every message of everybody, and says here what opened. Bob and the others notice nothing.",
    ],
  }),
  "renewal-alone": () => ({
    title: "Bob renews his key, and nothing is healed",
    paragraphs: [
      "Bob draws a fresh chain and tells the others. But he tells them over channels that were in the copy: the thief reads the " +
        "new chain key as they do. And had it not, Alice’s chain would still be the one that was copied: her next message opens " +
        "as before. A renewal of one member heals no other member’s chain.",
    ],
  }),
  channels: ({ left, twoParty }) => ({
    title: "First the channels heal",
    paragraphs: [
      "Bob sends an empty message on each of his channels, and the others answer. Both still open: the answers are sealed " +
        "towards a ratchet key whose private half was in the copy. What Bob sends next is the first message that does not: its " +
        "key comes from one that he drew after the theft.",
      `That is two messages on each of the ${left - 1} channels: ${twoParty("channels")}. Where Bob spoke last before the theft, one would do. ` +
        "The group is not healed yet. The sender chains are still those that were copied, and everybody’s next message would open.",
      "There is another way. Bob’s app could leave his sessions behind and open new ones from fresh prekey bundles: then not one " +
        "of his messages opens, and this scene is not needed. Apps do so when a session is broken, or when the user resets it.",
    ],
  }),
  "everyone-renews": ({ left, twoParty }) => ({
    title: "Then everybody renews, Bob first",
    question: "Why does healing cost n(n − 1) messages?",
    paragraphs: [
      "The copy held a chain of each of the n members. They have nothing to do with one another, since each is random: the renewal " +
        "of one heals that one alone, so all n must draw a fresh one. And nobody shares a key with all the others by which to tell " +
        `them at once, so each has to be told to n − 1 others, one by one. That is n(n − 1): ${twoParty("everyone-renews")} here with n = ${left}, ` +
        "992 in a group of 32, 16,256 in a group of 128; and 2(n − 1) before that for the channels.",
      "The order matters. Bob’s renewal goes first: on each channel it is the message with which the channel heals. Had the others " +
        "renewed before it arrived, their new keys for Bob would have opened, and all would have been for nothing.",
    ],
  }),
  after: () => ({
    title: "Healed",
    paragraphs: [
      "Nothing opens any more, whoever speaks. What is not healed: Bob’s identity key is still in the copy. A thief who does more " +
        "than listen could pass himself off as Bob towards anybody who opens a new channel. No renewal changes that; a new " +
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
  "Read a word, or a chain key: they are inside ciphertexts whose keys it never has.",
  "Write in somebody’s name: it has nobody’s signature key and no channel’s MAC key.",
]

export const SERVER_COULD: readonly string[] = [
  "Keep messages back, or deliver them late.",
  "Give out an identity key of its own where two devices have not met yet, as long as nobody compares codes.",
  "Announce a member whom nobody invited, unless the apps check who may: what its phone is given, it reads.",
]

export const SERVER_NOTE =
  "Around all of this apps put an encrypted connection to the server, which hides it from everybody else, and some hide more " +
  "from the server itself, such as the sender’s name. None of that is played here."
