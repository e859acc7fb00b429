import { type Key32, key32 } from "../bytes.ts"

/** An X25519 scalar from 32 random bytes (RFC 7748 §5, decodeScalar25519); the input stays as it was. */
export function clamped(random: Uint8Array): Key32 {
  const scalar = key32(random.slice())
  scalar[0] = (scalar[0] as number) & 0xf8
  scalar[31] = ((scalar[31] as number) & 0x7f) | 0x40
  return scalar
}
