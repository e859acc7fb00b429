/** Messages taken apart: their bytes by what they are for, whoever encodes them. */

/** Bytes that serve one purpose: `framing`, or the name of what they carry. */
export type Part = { readonly field: string; readonly bytes: number }

/** One value, in the order of the wire. */
export type Encoded = readonly Part[]

/** One message of an operation, and how often it is sent. */
export type Sent = { readonly message: Encoded; readonly times: number }

/** Σ over an operation of the bytes that serve one purpose; `times` is in how many places. */
export type FieldBytes = Part & { readonly times: number }

/** A value of one part. */
export const bytesOf = (field: string, bytes: number): Encoded => [{ field, bytes }]

/** Headers, lengths, ends: what tells values apart. */
export const framing = (bytes: number): Part => ({ field: "framing", bytes })

export function totalBytes(parts: Encoded): number {
  return parts.reduce((sum, { bytes }) => sum + bytes, 0)
}

/** In the order in which they first appear. */
export function sumFields(sent: readonly Sent[]): readonly FieldBytes[] {
  const sums = new Map<string, FieldBytes>()
  for (const { message, times } of sent) {
    for (const { field, bytes } of message) {
      const sum = sums.get(field) ?? { field, bytes: 0, times: 0 }
      sums.set(field, { field, bytes: sum.bytes + bytes * times, times: sum.times + times })
    }
  }
  return [...sums.values()]
}
