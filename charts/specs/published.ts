/** Published figures, laid over those of a run. */
import type { PublishedFigures, PublishedMeasure, PublishedSeries } from "../../results/published/series.ts"
import type { Operation, ResultDocument } from "../../results/schema.ts"
import { distinct, operationsOf, type Point } from "./frame.ts"
import { type ProtocolStyle, protocolStyles, publishedStyle } from "./protocol-style.ts"

/** What stands in place of a suite, of which publications know nothing. */
export const PUBLISHED = "published"

/** What a measure is called in a figure. */
export const MEASURE_NAMES: Record<PublishedMeasure, string> = {
  bytesUploaded: "uploaded",
  initiatorNs: "initiator",
  recipientNs: "one recipient",
  groupNs: "whole group",
}

/**
 * What of `published` can stand beside a document: operations that the document has, and messages of its payload.
 *
 * @param measures - those of the figure
 * @returns the series with anything left
 */
export function comparable(
  document: ResultDocument,
  published: readonly PublishedSeries[],
  measures: readonly PublishedMeasure[],
): readonly PublishedSeries[] {
  const operations = operationsOf(document)
  return published.flatMap((series) => {
    const isSamePayload = series.payloadBytes === document.run.plan.payloadBytes
    const kept = operations.filter((operation) => operation !== "message" || isSamePayload)
    const figures = series.figures
      .filter(({ measure }) => measures.includes(measure))
      .map((each) => restricted(each, kept))
      .filter(({ values }) => Object.keys(values).length > 0)
    return figures.length === 0 ? [] : [{ ...series, figures }]
  })
}

function restricted(figures: PublishedFigures, operations: readonly Operation[]): PublishedFigures {
  const kept = operations.flatMap((operation) => {
    const values = figures.values[operation]
    return values === undefined ? [] : [[operation, values] as const]
  })
  return { ...figures, values: Object.fromEntries(kept) }
}

/** @param unit - how many base units (bytes, nanoseconds) the figure's unit has */
export function publishedPoints(
  published: readonly PublishedSeries[],
  { measure, operation }: { readonly measure: PublishedMeasure; readonly operation: Operation },
  unit: number,
): readonly Point[] {
  return published.flatMap((series) =>
    series.figures
      .filter((figures) => figures.measure === measure)
      .flatMap(({ values }) => values[operation] ?? [])
      .map(({ n, value }) => ({ protocol: labelOf(series), suite: PUBLISHED, n, y: value / unit })),
  )
}

/** So that nothing published is taken for one of a document's protocols. */
function labelOf({ name }: PublishedSeries): string {
  return `${name}, published`
}

/** The style of everything that `points` hold, in drawing order: what was measured, then what was published. */
export function stylesOf(
  points: readonly Point[],
  published: readonly PublishedSeries[],
): ReadonlyMap<string, ProtocolStyle> {
  const measured = points.filter(({ suite }) => suite !== PUBLISHED).map(({ protocol }) => protocol)
  return new Map([
    ...protocolStyles(distinct(measured)),
    ...published.map((series, place) => [labelOf(series), publishedStyle(series.protocol, place)] as const),
  ])
}

/** For the figure itself, which may be shown without its page: whose numbers these are, and what they count. */
export function publishedNotes(published: readonly PublishedSeries[]): readonly string[] {
  return published.map(
    (series) => `${labelOf(series)}, not measured here: ${series.repository}. ${countsOf(series)}.`,
  )
}

/** For the page. */
export function publishedCaption(published: readonly PublishedSeries[]): readonly string[] {
  return published.map(
    (series) =>
      `${labelOf(series)}, not measured here (stroked marks, dotted line): ${series.publication}, ${series.link}. ` +
      `Figures: ${series.repository} (licence: ${series.licence}); ${series.machine}. ${countsOf(series)}.`,
  )
}

function countsOf({ figures }: PublishedSeries): string {
  const text = figures.map(({ measure, counts }) => `${MEASURE_NAMES[measure]}: ${counts}`).join("; ")
  return text.charAt(0).toUpperCase() + text.slice(1)
}
