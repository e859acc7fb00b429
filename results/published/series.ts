/** Figures that others published, to be laid over our own: data with their source, never mixed with a run's records. */
import type { Operation } from "../schema.ts"

/** Ours that it can stand beside; times are nanoseconds. */
export type PublishedMeasure = "bytesUploaded" | "initiatorNs" | "recipientNs" | "groupNs"

export type PublishedValue = { readonly n: number; readonly value: number }

/** One measure of a series, by operation; group sizes count devices before it, as ours do. */
export type PublishedFigures = {
  readonly measure: PublishedMeasure
  /** Half a sentence for the figure: what is counted, and what is not that our measure counts. */
  readonly counts: string
  readonly values: Partial<Record<Operation, readonly PublishedValue[]>>
}

export type PublishedSeries = {
  readonly name: string
  /** The protocol that was measured, by the name it has or would have here. */
  readonly protocol: string
  readonly publication: string
  readonly link: string
  /** Owner, name and commit of what holds the figures. */
  readonly repository: string
  /** Of the repository; `figures` where it has none and only numbers were taken. */
  readonly licence: string
  readonly machine: string
  /** Bytes of an application message, where one was measured. */
  readonly payloadBytes?: number
  readonly figures: readonly PublishedFigures[]
}

/** @param values - one for each of `sizes`, in their order, in `unit`s */
export function bySize(
  sizes: readonly number[],
  values: readonly number[],
  unit = 1,
): readonly PublishedValue[] {
  if (values.length !== sizes.length) throw new Error(`${values.length} values for ${sizes.length} sizes`)
  return sizes.map((n, index) => ({ n, value: (values[index] ?? Number.NaN) * unit }))
}
