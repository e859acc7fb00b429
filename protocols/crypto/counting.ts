/** Sees what a suite is asked to do; the suite's bytes stay the same. */
import { unreachable } from "../errors.ts"
import { SUITE_OPERATIONS, type Suite, type SuiteOperation } from "./suite.ts"

/** One call of a suite: its operation, arguments and result. */
export type SuiteCall = {
  [Name in SuiteOperation]: {
    readonly operation: Name
    readonly args: Parameters<Suite[Name]>
    readonly result: ReturnType<Suite[Name]>
  }
}[SuiteOperation]

/**
 * A suite that tells of each call that returned. What an operation does inside (a signature draws randomness
 * and multiplies twice) is part of that operation and not told again.
 */
export function observedSuite(suite: Suite, observe: (call: SuiteCall) => void): Suite {
  const observed = (operation: SuiteOperation) => {
    const run = suite[operation] as (...args: unknown[]) => unknown
    return (...args: unknown[]) => {
      const result = run(...args)
      observe({ operation, args, result } as SuiteCall)
      return result
    }
  }
  return Object.fromEntries(SUITE_OPERATIONS.map((name) => [name, observed(name)])) as unknown as Suite
}

export type OperationCounts = Record<SuiteOperation, number>

export const noOperations = (): OperationCounts =>
  Object.fromEntries(SUITE_OPERATIONS.map((name) => [name, 0])) as OperationCounts

/** A suite that adds each call that returned to `counts`. */
export const countingSuite = (suite: Suite, counts: OperationCounts): Suite =>
  observedSuite(suite, ({ operation }) => {
    counts[operation]++
  })

/**
 * Bytes of the one length that the price of a call grows with: what is signed, verified, hashed, authenticated,
 * encrypted or decrypted; for `random` and `hkdf` what comes out. 0 where every call is of one size.
 */
export function callBytes(call: SuiteCall): number {
  switch (call.operation) {
    case "keyPair":
    case "publicKey":
    case "dh":
    case "edKeyPair":
      return 0
    case "random":
      return call.args[0]
    case "hash":
      return call.args[0].length
    case "sign":
    case "verify":
    case "edSign":
    case "edVerify":
    case "hmac":
      return call.args[1].length
    case "hkdf":
      return call.args[3]
    case "encryptCbc":
    case "decryptCbc":
      return call.args[2].length
    case "sealGcm":
    case "openGcm":
      return call.args[3].length
    default:
      return unreachable(call)
  }
}

/** Calls by operation, and the sum of their {@link callBytes}. */
export type Tally = { readonly calls: OperationCounts; readonly bytes: OperationCounts }

export const emptyTally = (): Tally => ({ calls: noOperations(), bytes: noOperations() })

export function clearTally({ calls, bytes }: Tally): void {
  for (const name of SUITE_OPERATIONS) {
    calls[name] = 0
    bytes[name] = 0
  }
}

/** A suite that adds each call that returned to `tally`; it makes nothing for a call, since there are millions. */
export function tallyingSuite(suite: Suite, { calls, bytes }: Tally): Suite {
  const add = <T>(operation: SuiteOperation, length: number, result: T): T => {
    calls[operation]++
    bytes[operation] += length
    return result
  }
  return {
    random: (length) => add("random", length, suite.random(length)),
    keyPair: () => add("keyPair", 0, suite.keyPair()),
    dh: (secret, peer) => add("dh", 0, suite.dh(secret, peer)),
    sign: (secret, message) => add("sign", message.length, suite.sign(secret, message)),
    verify: (signer, message, signature) =>
      add("verify", message.length, suite.verify(signer, message, signature)),
    hmac: (key, data) => add("hmac", data.length, suite.hmac(key, data)),
    hkdf: (salt, input, info, length) => add("hkdf", length, suite.hkdf(salt, input, info, length)),
    encryptCbc: (key, iv, plaintext) =>
      add("encryptCbc", plaintext.length, suite.encryptCbc(key, iv, plaintext)),
    decryptCbc: (key, iv, ciphertext) =>
      add("decryptCbc", ciphertext.length, suite.decryptCbc(key, iv, ciphertext)),
    publicKey: (secret) => add("publicKey", 0, suite.publicKey(secret)),
    sealGcm: (key, nonce, associated, plaintext) =>
      add("sealGcm", plaintext.length, suite.sealGcm(key, nonce, associated, plaintext)),
    openGcm: (key, nonce, associated, ciphertext) =>
      add("openGcm", ciphertext.length, suite.openGcm(key, nonce, associated, ciphertext)),
    hash: (data) => add("hash", data.length, suite.hash(data)),
    edKeyPair: () => add("edKeyPair", 0, suite.edKeyPair()),
    edSign: (secret, message) => add("edSign", message.length, suite.edSign(secret, message)),
    edVerify: (signer, message, signature) =>
      add("edVerify", message.length, suite.edVerify(signer, message, signature)),
  }
}
