/**
 * What the authors' prototype of DCGKA would send for the messages that an operation takes.
 *
 * Source: github.com/trvedata/key-agreement at c168969 (the evaluation of ePrint 2020/1281): `messages.thrift` for the
 * structs, named here as there; their byte strings from the classes that fill them. Every struct is serialized by
 * itself and put as a byte string into the next one.
 *
 * The state of the prototype's own evaluation is assumed, as our groups have it too where it matters: a group that was
 * just created by the member who acts, nobody added or removed before, each pair's next two-party ciphertext the first
 * (`create`, `add`: by prekey) or, from the creator, the second. A device has published n + 1 prekeys; they are given
 * out from the last one down.
 */
import type { Exact } from "../exact.ts"
import type { CellKey } from "../schema.ts"
import { bytesOf, type Encoded, type FieldBytes, type Sent, sumFields, totalBytes } from "./field-bytes.ts"
import { BOOL, binary, i32, list, map, struct } from "./thrift-compact.ts"

/** An operation and the messages it took, wherever they were counted. */
export type Counted = Pick<CellKey, "operation" | "groupSize"> & Pick<Exact, "broadcasts" | "twoParty">

const PAYLOAD_BYTES = 32

/** Everything that all members send, each broadcast once, by what it is for. */
export function prototypeFields(counted: Counted): readonly FieldBytes[] {
  return sumFields(sentIn(counted))
}

/** Bytes that all members send, each broadcast once. */
export function prototypeBytes(counted: Counted): number {
  return totalBytes(prototypeFields(counted))
}

/** In the prototype a heal is an update. */
function sentIn(counted: Counted): readonly Sent[] {
  const { operation, groupSize, broadcasts, twoParty } = counted
  switch (operation) {
    case "create":
      return [once(createMessage(groupSize, twoParty)), { message: ACK, times: broadcasts - 1 }]
    case "message":
      return [{ message: APPLICATION_MESSAGE, times: broadcasts }]
    case "add":
      return addition(counted)
    case "remove":
      return [once(removeMessage(twoParty)), { message: ACK, times: broadcasts - 1 }]
    case "update":
    case "heal":
    case "heal-fresh":
      return [once(updateMessage(twoParty)), { message: ACK, times: broadcasts - 1 }]
    default:
      return operation satisfies never
  }
}

/** The welcome and each add-ack carry one two-party ciphertext; the newcomer's own acknowledgement none. */
function addition({ groupSize, broadcasts, twoParty }: Counted): readonly Sent[] {
  const addAcks = Array.from({ length: twoParty - 1 }, (_, taken) => addAck(groupSize - 1 - taken))
  return [
    once(ADD),
    once(welcome(groupSize)),
    ...addAcks.map(once),
    { message: ACK, times: broadcasts - 1 - addAcks.length },
  ]
}

function once(message: Encoded): Sent {
  return { message, times: 1 }
}

function keyOf(field: string): Encoded {
  return binary(bytesOf(field, 32))
}

// Two-party ciphertexts

const SEED = bytesOf("seed", 16)
const CHAIN_KEY = bytesOf("chain key", 32)

function twoPartyPlaintext(secret: Encoded, nextIndex: number): Encoded {
  return struct(binary(secret), keyOf("new secret key"), i32("key index", nextIndex), keyOf("new public key"))
}

function sealed(plaintext: Encoded): Encoded {
  return [...plaintext, ...bytesOf("tag", 16)]
}

/** AeadMessage with empty associated data. */
function aeadMessage(plaintext: Encoded): Encoded {
  return struct(binary(sealed(plaintext)), binary([]))
}

/** Under a key that this sender made for the recipient: index −1. */
function twoPartyByKey(secret: Encoded): Encoded {
  const hpke = struct(keyOf("ephemeral key"), binary(aeadMessage(twoPartyPlaintext(secret, 2))))
  return struct(binary(hpke), BOOL, i32("key index", -1))
}

function twoPartyByPrekey(secret: Encoded, preKeyId: number): Encoded {
  const sealedSecret = sealed(twoPartyPlaintext(secret, 1))
  const prekey = struct(keyOf("ephemeral key"), i32("prekey id", preKeyId), binary(sealedSecret))
  return struct(binary(prekey), BOOL, i32("key index", 0))
}

// Around every message

/** SignatureStruct (a value and the hash of a point) within SignedMessageStruct. */
function signed(content: Encoded): Encoded {
  const signature = struct(keyOf("signature"), keyOf("signature"))
  return struct(binary(content), keyOf("sender"), binary(signature))
}

/** @param extra - orderInfo and signatureUpdate, as far as they are set */
function modular(content: Encoded, ...extra: readonly Encoded[]): Encoded {
  return signed(struct(BOOL, BOOL, binary(content), ...extra.map(binary)))
}

/** FullDcgkaMessage; the number of its type fits in one byte, whichever it is. */
function control(message: Encoded): Encoded {
  return struct(i32("message type", 0), binary(message))
}

const ORDER = struct(i32("message number", 2))
const ACK_ORDER = struct(
  i32("message number", 2),
  keyOf("acknowledged sender"),
  i32("acknowledged number", 2),
)
const NEW_SIGNING_KEY = bytesOf("new signing key", 32)

// Messages

const APPLICATION_MESSAGE = modular(aeadMessage(bytesOf("payload", PAYLOAD_BYTES)), ORDER)

/** Nothing to forward to members who were added meanwhile. */
const ACK = modular(control(struct(map([]))), ACK_ORDER)

const ADD = modular(control(struct(keyOf("added member"))), ORDER, NEW_SIGNING_KEY)

function createMessage(groupSize: number, twoParty: number): Encoded {
  const ids = Array.from({ length: groupSize - 1 }, () => keyOf("member"))
  return modular(control(struct(list(ids), ciphertexts(twoPartyByPrekey(SEED, groupSize), twoParty))))
}

function updateMessage(twoParty: number): Encoded {
  return modular(control(struct(ciphertexts(twoPartyByKey(SEED), twoParty))), ORDER, NEW_SIGNING_KEY)
}

function removeMessage(twoParty: number): Encoded {
  const message = struct(keyOf("removed member"), ciphertexts(twoPartyByKey(SEED), twoParty))
  return modular(control(message), ORDER, NEW_SIGNING_KEY)
}

function ciphertexts(one: Encoded, count: number): Encoded {
  return list(Array.from({ length: count }, () => binary(one)))
}

function addAck(preKeyId: number): Encoded {
  return modular(control(struct(binary(twoPartyByPrekey(CHAIN_KEY, preKeyId)))), ACK_ORDER)
}

/** History, chain, clock and signing keys for the newcomer: the one message that goes to a single member. */
function welcome(groupSize: number): Encoded {
  const chain = twoPartyByPrekey(CHAIN_KEY, groupSize)
  const message = struct(binary(membershipSet(groupSize)), binary(chain))
  return modular(control(message), vectorClock(groupSize), signingKeys())
}

/** Every initial member with the indices of all who have acknowledged it, which is everybody: O(n²). */
function membershipSet(groupSize: number): Encoded {
  const acks = list(Array.from({ length: groupSize }, (_, index) => i32("membership history", index)))
  const member = struct(keyOf("member"), list([]), acks)
  return struct(list(Array.from({ length: groupSize }, () => member)), list([]))
}

function vectorClock(groupSize: number): Encoded {
  const entry = [...keyOf("clock"), ...i32("clock", 1)]
  return struct(keyOf("sender"), map(Array.from({ length: groupSize }, () => entry)))
}

/** Only the member who adds has changed its signing key. */
function signingKeys(): Encoded {
  return struct(map([[...keyOf("member"), ...keyOf("new signing key")]]))
}
