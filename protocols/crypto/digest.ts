/** SHA-256 over a stream, for the laboratory's transcripts; no protocol uses it. */
import { sha256 } from "@noble/hashes/sha2.js"

export type Digest = { update(data: Uint8Array): unknown; digest(): Uint8Array }

export const createDigest = (): Digest => sha256.create()
