/**
 * SenderKeyDistributionMessage and SenderKeyMessage, version 3: bytes to records and back.
 *
 * Source: libsignal 0.103.0, observed.
 */
import { type Bytes, concat, exactly, type Key32, key32, type Sig64 } from "../bytes.ts"
import { ProtocolError } from "../errors.ts"
import { decodeFields, encodeFields, required } from "../protobuf.ts"
import { decodePublicKey, encodePublicKey, readVersion } from "../signal-wire.ts"

const VERSION_BYTE = Uint8Array.of(0x33)
const VERSIONS = { oldest: 3, newest: 3 }
export const SIGNATURE_LENGTH = 64
const MINIMUM_LENGTH = 65
const DISTRIBUTION_FIELDS = { 1: "bytes", 2: "uint32", 3: "uint32", 4: "bytes", 5: "bytes" } as const
const MESSAGE_FIELDS = { 1: "bytes", 2: "uint32", 3: "uint32", 4: "bytes" } as const

/** A UUID: which of a sender's groups a key is for. */
export type DistributionId = Bytes<16>

/** What lets its holder read the sender's messages from `iteration` on. Secret. */
export type Distribution = {
  readonly distributionId: DistributionId
  readonly chainId: number
  readonly iteration: number
  readonly chainKey: Key32
  readonly signingKey: Key32
}

/** Its byte strings are views of the message when it was read. */
export type GroupMessage = {
  readonly distributionId: DistributionId
  readonly chainId: number
  readonly iteration: number
  readonly ciphertext: Uint8Array
  /** What the signature covers: version byte and fields. */
  readonly signed: Uint8Array
  /** 64 bytes. */
  readonly signature: Uint8Array
}

export function encodeDistribution(distribution: Distribution): Uint8Array {
  const { distributionId, chainId, iteration, chainKey, signingKey } = distribution
  const fields = [distributionId, chainId, iteration, chainKey, encodePublicKey(signingKey)]
  return encodeFields(fields, VERSION_BYTE)
}

/** @throws ProtocolError `too-short`, `version-too-old`, `version-unknown`, `bad-encoding`, `bad-key` */
export function decodeDistribution(bytes: Uint8Array): Distribution {
  readVersion(bytes, { minimumLength: MINIMUM_LENGTH, ...VERSIONS })
  const fields = decodeFields(bytes.subarray(1), DISTRIBUTION_FIELDS)
  const distributionId = ofLength(required(fields.bytes(1)), 16)
  const chainId = required(fields.uint32(2))
  const iteration = required(fields.uint32(3))
  const chainKey = key32(ofLength(required(fields.bytes(4)), 32).slice())
  const signingKey = decodePublicKey(ofLength(required(fields.bytes(5)), 33))
  return { distributionId, chainId, iteration, chainKey, signingKey }
}

/** Version byte and fields: everything before the signature, and what it covers. */
export function encodeUnsigned(message: Omit<GroupMessage, "signed" | "signature">): Uint8Array {
  const { distributionId, chainId, iteration, ciphertext } = message
  return encodeFields([distributionId, chainId, iteration, ciphertext], VERSION_BYTE)
}

export const signedMessage = (unsigned: Uint8Array, signature: Sig64): Uint8Array =>
  concat(unsigned, signature)

/** @throws ProtocolError `too-short`, `version-too-old`, `version-unknown`, `bad-encoding` */
export function decodeGroupMessage(bytes: Uint8Array): GroupMessage {
  readVersion(bytes, { minimumLength: MINIMUM_LENGTH, ...VERSIONS })
  const signed = bytes.subarray(0, -SIGNATURE_LENGTH)
  const fields = decodeFields(signed.subarray(1), MESSAGE_FIELDS)
  return {
    distributionId: ofLength(required(fields.bytes(1)), 16),
    chainId: required(fields.uint32(2)),
    iteration: required(fields.uint32(3)),
    ciphertext: required(fields.bytes(4)),
    signed,
    signature: bytes.subarray(-SIGNATURE_LENGTH),
  }
}

function ofLength<N extends number>(bytes: Uint8Array, wanted: N): Bytes<N> {
  if (bytes.length !== wanted) throw new ProtocolError("bad-encoding")
  return exactly(bytes, wanted)
}
