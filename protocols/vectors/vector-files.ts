/**
 * The wire test vectors: what their JSON holds, and where they lie.
 *
 * `signal/README.md` beside this file defines the formats. The variable SIGNAL_VECTORS names another folder.
 */
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { ErrorCode } from "../errors.ts"

/** Lowercase, without prefix. */
export type Hex = string
export type Failure = { readonly error: ErrorCode }
export type Opened = { readonly plaintext: Hex }

export type KeyPairVector = { readonly private: Hex; readonly public: Hex }

export type GroupMessageVector = {
  readonly id: string
  readonly iteration: number
  readonly plaintext: Hex
  /** Before the message. */
  readonly chainKey: Hex
  readonly messageSeed: Hex
  readonly iv: Hex
  readonly cipherKey: Hex
  readonly ciphertext: Hex
  readonly signatureRandom: Hex
  readonly message: Hex
}

export type SenderKeyOperation =
  | { readonly op: "process"; readonly skdm: string; readonly expect: "ok" | Failure }
  | { readonly op: "decrypt"; readonly message: string; readonly expect: Opened | Failure }

export type SenderKeyVector = {
  readonly format: "sender-key-vector/1"
  readonly sender: { readonly name: string; readonly deviceId: number }
  readonly distributionId: string
  readonly chainId: number
  readonly signingKey: KeyPairVector & { readonly edwardsSignBit: 0 | 1 }
  readonly initial: { readonly iteration: number; readonly chainKey: Hex }
  readonly skdm: Hex
  readonly skdmLate: Hex
  readonly messages: readonly GroupMessageVector[]
  readonly laterMessages: readonly GroupMessageVector[]
  readonly pool: Readonly<Record<string, Hex>>
  readonly scenarios: readonly { readonly name: string; readonly ops: readonly SenderKeyOperation[] }[]
}

export type PartyName = "alice" | "bob"

export type PartyVector = {
  readonly registrationId: number
  readonly identity: KeyPairVector
  readonly signedPreKeys: readonly (KeyPairVector & {
    readonly id: number
    readonly signature: Hex
    readonly signatureRandom: Hex
  })[]
  readonly preKeys: readonly (KeyPairVector & { readonly id: number })[]
}

export type BundleVector = {
  readonly registrationId: number
  readonly identityKey: Hex
  readonly signedPreKeyId: number
  readonly signedPreKey: Hex
  readonly signedPreKeySignature: Hex
  readonly preKeyId?: number | null
  readonly preKey?: Hex | null
}

/** The current session after a step. */
export type AfterVector = Readonly<Record<string, unknown>>

export type InitiateStep = {
  readonly op: "initiate"
  readonly bundle: BundleVector
  readonly expect: "ok" | Failure
  /** Base key, then first ratchet key. */
  readonly generated?: readonly Hex[]
  readonly x3dh?: {
    readonly baseKey: Hex
    readonly dh: readonly Hex[]
    readonly secretInput: Hex
    readonly rootKey: Hex
    readonly chainKey: Hex
  }
}

export type EncryptStep = {
  readonly op: "encrypt"
  readonly id: string
  readonly type: "prekey" | "signal"
  readonly plaintext: Hex
  readonly message: Hex
  readonly ratchetKey: Hex
  readonly counter: number
  readonly previousCounter: number
  readonly keys: Readonly<Record<"chainKey" | "messageSeed" | "cipherKey" | "macKey" | "iv", Hex>>
}

export type DecryptStep = {
  readonly op: "decrypt"
  readonly id?: string
  readonly type?: "prekey" | "signal"
  readonly message?: Hex
  readonly expect: Opened | Failure
  readonly generated?: readonly Hex[]
}

export type SessionStep = (InitiateStep | EncryptStep | DecryptStep | { readonly op: "forget-sessions" }) & {
  readonly by: PartyName
  readonly note?: string
  readonly after?: AfterVector
}

export type SessionVector = Readonly<Record<PartyName, PartyVector>> & {
  readonly format: "session-vector/1"
  readonly steps: readonly SessionStep[]
}

export type XeddsaVector = {
  readonly format: "xeddsa-vector/1"
  readonly signatures: readonly (KeyPairVector & Readonly<Record<"message" | "random" | "signature", Hex>>)[]
  readonly verdicts: readonly (Readonly<Record<"public" | "message" | "signature", Hex>> & {
    readonly note: string
    readonly valid: boolean
    /** Only where libsignal accepts what an implementation may refuse. */
    readonly policy?: string
  })[]
  readonly agreements: readonly (KeyPairVector & { readonly shared: Hex })[]
  readonly lowOrder: readonly { readonly public: Hex; readonly refused: boolean }[]
}

type Vector = SenderKeyVector | SessionVector | XeddsaVector
export type Format = Vector["format"]
export const FORMATS: readonly Format[] = ["sender-key-vector/1", "session-vector/1", "xeddsa-vector/1"]

/** Tests run from the build folder, which has no copy of the vectors. */
const COMMITTED = fileURLToPath(new URL("../../../protocols/vectors/signal", import.meta.url))

export type VectorFile<Contents> = { readonly file: string; readonly vector: Contents }

/** Every JSON file of the folder, whatever its format says. */
export function readVectors(): VectorFile<{ readonly format: string }>[] {
  const folder = process.env.SIGNAL_VECTORS ?? COMMITTED
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"))
  return files.sort().map((file) => ({ file, vector: JSON.parse(readFileSync(join(folder, file), "utf8")) }))
}

export function vectorsOf<F extends Format>(format: F): VectorFile<Extract<Vector, { format: F }>>[] {
  return readVectors().filter(({ vector }) => vector.format === format) as never
}

export const fromHex = (hex: Hex): Uint8Array => new Uint8Array(Buffer.from(hex, "hex"))
