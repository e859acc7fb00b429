/**
 * The only randomness in `protocols/`: a seeded generator, SHA-256 in counter mode.
 *
 * Its whole state is plain data and lives outside a member's state, so a stolen copy of a member says nothing
 * about the keys that the member draws next. SHA-256 is Node's under every suite: the generator is part of
 * the laboratory, and must cost little, and the same whichever suite is measured.
 */
import { hash } from "node:crypto"
import { concat, utf8 } from "../bytes.ts"
import type { RandomSource } from "./suite.ts"

/** A generator at some point of its sequence, and those derived from it by name. */
export type RandomState = {
  readonly key: Uint8Array
  drawn: number
  readonly derived: Map<string, RandomState>
}

/** Independent sequences for one seed are told apart by their label, as a member's name. */
export function seedRandom(seed: number, label: string): RandomState {
  return startingAt(utf8(`dcgka-bench random v1\0${seed}\0${label}`))
}

const startingAt = (name: Uint8Array): RandomState => ({
  key: new Uint8Array(hash("sha256", name, "buffer")),
  drawn: 0,
  derived: new Map(),
})

/** The generator that belongs to `label` under `state`: always the same one, wherever it has got to. */
export function derivedRandom(state: RandomState, label: string): RandomState {
  const known = state.derived.get(label)
  if (known !== undefined) return known
  const fresh = startingAt(concat(state.key, utf8(label)))
  state.derived.set(label, fresh)
  return fresh
}

/** Draws from `state`, which moves on with each call; every call starts a fresh block. */
export function seededRandom(state: RandomState): RandomSource {
  return (length) => {
    const first = new Uint8Array(block(state))
    if (length <= BLOCK_LENGTH) return first.subarray(0, length)
    const blocks: Uint8Array[] = [first]
    while (blocks.length * BLOCK_LENGTH < length) blocks.push(block(state))
    return concat(...blocks).subarray(0, length)
  }
}

const BLOCK_LENGTH = 32

/** The generator's key, then the block's number; written anew for each block. */
const INPUT = new Uint8Array(40)
const NUMBER = new DataView(INPUT.buffer, 32)

function block(state: RandomState): Uint8Array {
  INPUT.set(state.key)
  NUMBER.setBigUint64(0, BigInt(state.drawn++))
  return hash("sha256", INPUT, "buffer")
}
