/**
 * How ts-mls is used here, and the edge to it: its state without its functions, its messages as bytes, its errors as ours.
 */
import {
  type Capabilities,
  type ClientConfig,
  type ClientState,
  decodeMlsMessage,
  defaultAuthenticationService,
  defaultKeyPackageEqualityConfig,
  encodeMlsMessage,
  type GroupState,
  type MLSMessage,
  type MlsMessageContent,
} from "ts-mls"
import { ProtocolError } from "../errors.ts"
import { CIPHERSUITE } from "./suite-bridge.ts"

/** Said outright: what ts-mls would say of itself is mixed with random values. */
export const CAPABILITIES: Capabilities = {
  versions: ["mls10"],
  ciphersuites: [CIPHERSUITE],
  extensions: [],
  proposals: [],
  credentials: ["basic"],
}

/**
 * Messages that were overtaken can be read as in a Sender Keys chain, and those of the last epoch but one epoch long.
 * Nothing is padded. No clock is read but where a member's own commit adds a key package, and those are good for ever.
 */
const CONFIG: ClientConfig = {
  keyRetentionConfig: {
    retainKeysForGenerations: 2000,
    retainKeysForEpochs: 1,
    maximumForwardRatchetSteps: 25_000,
  },
  lifetimeConfig: { maximumTotalLifetime: 0n, validateLifetimeOnReceive: false },
  keyPackageEqualityConfig: defaultKeyPackageEqualityConfig,
  paddingConfig: { kind: "alwaysPad", paddingLength: 0 },
  authService: defaultAuthenticationService,
}

/** One who forgets nothing. */
const HOARDER: ClientConfig = {
  ...CONFIG,
  keyRetentionConfig: {
    ...CONFIG.keyRetentionConfig,
    retainKeysForGenerations: Number.POSITIVE_INFINITY,
    retainKeysForEpochs: Number.POSITIVE_INFINITY,
  },
}

/** What is kept of old keys: what the protocol allows, or everything. */
export type Retention = "member" | "thief"

export const configOf = (retention: Retention): ClientConfig => (retention === "member" ? CONFIG : HOARDER)

export const asClient = (group: GroupState, retention: Retention): ClientState => ({
  ...group,
  clientConfig: configOf(retention),
})

/** Plain data. The trees are values, replaced and never written into: copies of a state may share them. */
export function asState({ clientConfig: _, ...group }: ClientState): GroupState {
  Object.freeze(group.ratchetTree)
  Object.freeze(group.secretTree)
  return group
}

export const encoded = (content: MlsMessageContent): Uint8Array =>
  encodeMlsMessage({ version: "mls10", ...content })

/** @throws ProtocolError `bad-encoding` where the bytes are not one message and nothing more */
export async function decoded(bytes: Uint8Array): Promise<MLSMessage> {
  const message = await heeding(() => decodeMlsMessage(bytes, 0), "bad-encoding")
  if (message === undefined || message[1] !== bytes.length) throw new ProtocolError("bad-encoding")
  return message[0]
}

/** In the text of ts-mls alone a message key that is gone differs from other failures. */
const GONE = /gen in the past|epoch too old/

/**
 * Ask ts-mls to read what others made. Whatever it throws is their doing.
 *
 * @throws ProtocolError `duplicate` for a message whose key is gone, those of the suite, and else `code`
 */
export async function heeding<T>(
  read: () => T | Promise<T>,
  code: "bad-encoding" | "invalid-message" = "invalid-message",
): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    if (cause instanceof ProtocolError) throw cause
    const isGone = cause instanceof Error && GONE.test(cause.message)
    throw new ProtocolError(isGone ? "duplicate" : code, { cause })
  }
}
