/**
 * The only randomness in `protocols/`: a seeded generator, SHA-256 in counter mode.
 *
 * Its whole state is plain data and lives outside a member's state, so a stolen copy of a member says nothing
 * about the keys that the member draws next. SHA-256 is Node's under every suite: the generator is part of
 * the laboratory, and must cost little, and the same whichever suite is measured.
 */
import { hash } from "node:crypto"
import { utf8 } from "../bytes.ts"
import type { RandomSource } from "./suite.ts"

/** A generator at some point of its sequence. */
export type RandomState = { readonly key: Uint8Array; drawn: number }

/** Independent sequences for one seed are told apart by their label, as a member's name. */
export function seedRandom(seed: number, label: string): RandomState {
  const key = hash("sha256", utf8(`dcgka-bench random v1\0${seed}\0${label}`), "buffer")
  return { key: new Uint8Array(key), drawn: 0 }
}

/** Draws from `state`, which moves on with each call; every call starts a fresh block. */
export function seededRandom(state: RandomState): RandomSource {
  return (length) => {
    const bytes = new Uint8Array(Math.ceil(length / 32) * 32)
    for (let offset = 0; offset < length; offset += 32) bytes.set(block(state), offset)
    return bytes.subarray(0, length)
  }
}

/** The generator's key, then the block's number; written anew for each block. */
const INPUT = new Uint8Array(40)
const NUMBER = new DataView(INPUT.buffer, 32)

function block(state: RandomState): Uint8Array {
  INPUT.set(state.key)
  NUMBER.setBigUint64(0, BigInt(state.drawn++))
  return hash("sha256", INPUT, "buffer")
}
