/**
 * Byte strings whose length is part of their type, and the few things done to byte strings everywhere.
 */

declare const length: unique symbol

/** A byte string that was checked to be exactly `N` bytes long. */
export type Bytes<N extends number> = Uint8Array & { readonly [length]: N }

/** A symmetric key, a chain key, an X25519 scalar or u coordinate, a hash: 32 bytes. */
export type Key32 = Bytes<32>
/** An XEdDSA or Ed25519 signature: 64 bytes. */
export type Sig64 = Bytes<64>
/** An AES block or initialisation vector: 16 bytes. */
export type Block16 = Bytes<16>
/** An AES-128 key: 16 bytes. */
export type Key16 = Bytes<16>
/** The nonce of a GCM encryption: 12 bytes. */
export type Nonce12 = Bytes<12>

/**
 * Vouch for the length of bytes of our own making.
 *
 * @throws Error when the length is wrong: our own mistake. Bytes from outside are checked by their parser.
 */
export function exactly<N extends number>(bytes: Uint8Array, wanted: N): Bytes<N> {
  if (bytes.length !== wanted) throw new Error(`expected ${wanted} bytes, got ${bytes.length}`)
  return bytes as Bytes<N>
}

export const key32 = (bytes: Uint8Array): Key32 => exactly(bytes, 32)

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const joined = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/** Equality whose time depends on the lengths alone, as far as JavaScript lets us promise that. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number)
  return difference === 0
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

export const toHex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex")
