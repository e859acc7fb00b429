/** Our bytes beside those that the prototype would send for as many messages, field by field. */
import { type FieldBytes, totalBytes } from "../../results/published/field-bytes.ts"
import { prototypeFields } from "../../results/published/prototype-bytes.ts"
import { ownFields } from "./own-fields.ts"
import { REASONS } from "./reasons.ts"
import type { Uploads } from "./uploads.ts"

/** Bytes over an operation, and in how many places. */
type Sum = Pick<FieldBytes, "bytes" | "times">

/** One field in the prototype (`there`) and with us (`here`), and where they differ why. */
export type Row = { readonly field: string; readonly there: Sum; readonly here: Sum; readonly why: string }

/** `there` and `here` are the sums of the rows, in bytes. */
export type Comparison = Pick<Uploads, "operation" | "groupSize"> & {
  readonly rows: readonly Row[]
  readonly there: number
  readonly here: number
}

/** @throws Error where a field differs and nobody knows why */
export function compare(uploads: Uploads): Comparison {
  const { operation, groupSize } = uploads
  const [there, here] = [prototypeFields(uploads), ownFields(uploads)]
  const fields = new Set([...there, ...here].map(({ field }) => field))
  const rows = Array.from(fields, (field) => rowOf(field, sumOf(there, field), sumOf(here, field)))
  return { operation, groupSize, rows, there: totalBytes(there), here: totalBytes(here) }
}

const sumOf = (sums: readonly FieldBytes[], name: string): Sum =>
  sums.find(({ field }) => field === name) ?? { bytes: 0, times: 0 }

function rowOf(field: string, there: Sum, here: Sum): Row {
  const why = there.bytes === here.bytes ? "" : REASONS[field]
  if (why === undefined) throw new Error(`nobody knows why the bytes of "${field}" differ`)
  return { field, there, here, why }
}
