/** SHA-256 over a stream, for the laboratory's transcripts; no protocol uses it. */
import { createHash } from "node:crypto"

export type Digest = { update(data: Uint8Array): unknown; digest(): Uint8Array }

export const createDigest = (): Digest => createHash("sha256")
