/**
 * What the suites cost, one operation at a time, and why `native.ts` takes what it takes: for each operation
 * sodium-native against node:crypto, both from raw bytes as a protocol holds them. `npm run primitives`.
 */
import {
  createCipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hash,
  hkdfSync,
  randomBytes,
  sign,
  verify,
} from "node:crypto"
import { createRequire } from "node:module"
import { Bench } from "tinybench"
import { exactly, key32, utf8 } from "../bytes.ts"
import { createNativeSuite } from "./native.ts"
import { createNobleSuite } from "./noble.ts"
import { seededRandom, seedRandom } from "./seeded.ts"
import { ShortHmac } from "./short-hmac.ts"
import type { CreateSuite } from "./suite.ts"

type Sodium = Record<string, (...args: Uint8Array[]) => unknown>
const sodium = createRequire(import.meta.url)("sodium-native") as Sodium

const call = (name: string, ...args: Uint8Array[]): unknown => sodium[name]?.(...args)

/** DER headers that turn raw keys into what node:crypto reads (RFC 8410 §7). */
const X25519_PRIVATE = Buffer.from("302e020100300506032b656e04220420", "hex")
const X25519_PUBLIC = Buffer.from("302a300506032b656e032100", "hex")
const ED25519_PRIVATE = Buffer.from("302e020100300506032b657004220420", "hex")
const ED25519_PUBLIC = Buffer.from("302a300506032b6570032100", "hex")

const privateKey = (header: Uint8Array, raw: Uint8Array) =>
  createPrivateKey({ key: Buffer.concat([header, raw]), format: "der", type: "pkcs8" })
const publicKey = (header: Uint8Array, raw: Uint8Array) =>
  createPublicKey({ key: Buffer.concat([header, raw]), format: "der", type: "spki" })

const secret = randomBytes(32)
const message = randomBytes(115)
const kilobyte = randomBytes(1024)
const iv = randomBytes(16)
const nonce = randomBytes(12)
const point = new Uint8Array(32)
call("crypto_scalarmult_base", point, randomBytes(32))
const [signer, signingKey, signature] = [new Uint8Array(32), new Uint8Array(64), new Uint8Array(64)]
call("crypto_sign_keypair", signer, signingKey)
call("crypto_sign_detached", signature, message, signingKey)
const info = utf8("WhisperMessageKeys")

const short = new ShortHmac((output, data) => void sodium.crypto_hash_sha256?.(output, data))

/** Operation, library, body. sodium-native has no HMAC, HKDF or AES-CBC: the first two are ours over its hash. */
const CANDIDATES: readonly (readonly [string, string, () => unknown])[] = [
  ["dh", "sodium-native", () => call("crypto_scalarmult", new Uint8Array(32), secret, point)],
  [
    "dh",
    "node:crypto",
    () =>
      diffieHellman({
        privateKey: privateKey(X25519_PRIVATE, secret),
        publicKey: publicKey(X25519_PUBLIC, point),
      }),
  ],
  ["public key", "sodium-native", () => call("crypto_scalarmult_base", new Uint8Array(32), secret)],
  [
    "public key",
    "node:crypto",
    () => createPublicKey(privateKey(X25519_PRIVATE, secret)).export({ format: "der", type: "spki" }),
  ],
  ["ed25519 verify", "sodium-native", () => call("crypto_sign_verify_detached", signature, message, signer)],
  [
    "ed25519 verify",
    "node:crypto",
    () => verify(null, message, publicKey(ED25519_PUBLIC, signer), signature),
  ],
  ["sha-512, 115 B", "sodium-native", () => call("crypto_hash_sha512", new Uint8Array(64), message)],
  ["sha-512, 115 B", "node:crypto", () => createHash("sha512").update(message).digest()],
  ["hmac, 16 B", "sodium-native", () => short.hmac(secret, iv)],
  ["hmac, 16 B", "node:crypto", () => createHmac("sha256", secret).update(iv).digest()],
  ["hkdf, 80 B", "sodium-native", () => short.hkdf(secret, iv, info, 80)],
  ["hkdf, 80 B", "node:crypto", () => hkdfSync("sha256", secret, iv, info, 80)],
  ["aes-cbc, 115 B", "node:crypto", () => createCipheriv("aes-256-cbc", secret, iv).update(message)],
  ["aes-gcm, 115 B", "node:crypto", () => createCipheriv("aes-128-gcm", iv, nonce).update(message)],
  ["sha-256, 115 B", "sodium-native", () => call("crypto_hash_sha256", new Uint8Array(32), message)],
  ["sha-256, 115 B", "node:crypto", () => hash("sha256", message, "buffer")],
  ["sha-256, 1 kB", "sodium-native", () => call("crypto_hash_sha256", new Uint8Array(32), kilobyte)],
  ["sha-256, 1 kB", "node:crypto", () => hash("sha256", kilobyte, "buffer")],
  [
    "ed25519 sign",
    "sodium-native",
    () => call("crypto_sign_detached", new Uint8Array(64), message, signingKey),
  ],
  ["ed25519 sign", "node:crypto", () => sign(null, message, privateKey(ED25519_PRIVATE, secret))],
]

/** Each operation of a suite, by name. */
function operationsOf(createSuite: CreateSuite): Record<string, () => unknown> {
  const suite = createSuite(seededRandom(seedRandom(1, "primitives")))
  const pair = suite.keyPair()
  const signed = suite.sign(pair.secret, message)
  const [key, block, once] = [key32(secret), exactly(iv, 16), exactly(nonce, 12)]
  const ciphertext = suite.encryptCbc(key, block, message)
  const sealed = suite.sealGcm(block, once, iv, message)
  const signer = suite.edKeyPair()
  const edSigned = suite.edSign(signer.secret, message)
  return {
    keyPair: () => suite.keyPair(),
    dh: () => suite.dh(pair.secret, key32(point)),
    sign: () => suite.sign(pair.secret, message),
    verify: () => suite.verify(pair.public, message, signed),
    hmac: () => suite.hmac(secret, iv),
    hkdf: () => suite.hkdf(undefined, secret, info, 80),
    encryptCbc: () => suite.encryptCbc(key, block, message),
    decryptCbc: () => suite.decryptCbc(key, block, ciphertext),
    publicKey: () => suite.publicKey(key),
    sealGcm: () => suite.sealGcm(block, once, iv, message),
    openGcm: () => suite.openGcm(block, once, iv, sealed),
    hash: () => suite.hash(message),
    edKeyPair: () => suite.edKeyPair(),
    edSign: () => suite.edSign(signer.secret, message),
    edVerify: () => suite.edVerify(signer.public, message, edSigned),
  }
}

function measured(rows: readonly (readonly [string, string, () => unknown])[]): object[] {
  const bench = new Bench({ time: 150, warmupTime: 50, throws: true })
  for (const [operation, library, body] of rows) {
    bench.add(`${operation} / ${library}`, () => void body(), { async: false })
  }
  bench.runSync()
  return bench.tasks.map(({ name, result }) => ({
    operation: name,
    medianUs: result.state === "completed" ? Number((result.latency.p50 * 1000).toFixed(1)) : Number.NaN,
  }))
}

const suites = { noble: createNobleSuite, native: createNativeSuite }
const suiteRows = Object.entries(suites).flatMap(([name, create]) =>
  Object.entries(operationsOf(create)).map(([operation, body]) => [operation, name, body] as const),
)
console.log("candidates for the native suite, median µs a call, one isolate")
console.table(measured(CANDIDATES))
console.log("the suites, median µs a call, one isolate")
console.table(measured(suiteRows))
