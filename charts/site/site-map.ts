/** Which pages and files a site has, and how they are called. */
import type { ResultDocument } from "../../results/schema.ts"
import type { Figure, Overlay } from "../specs/frame.ts"
import type { Facts, ProtocolFacts } from "./facts.ts"
import type { Choice } from "./row.ts"
import { type Topic, topicsOf } from "./topics.ts"

/** One published run, with its files and what is claimed of its costs. */
export type PublishedRun = {
  readonly document: ResultDocument
  /** Text of the results file. */
  readonly records: string
  /** Every timed iteration, as gzipped CSV. */
  readonly samples?: Uint8Array
  readonly overlay: Overlay
}

/** A run of a site; `id` is its folder. */
export type NamedRun = Choice & PublishedRun

export type NamedProtocol = {
  readonly name: string
  /** Path from the root. */
  readonly path: string
  /** Absent for a protocol that this build does not know. */
  readonly facts?: ProtocolFacts
}

export type SiteMap = {
  /** Newest first. */
  readonly runs: readonly NamedRun[]
  readonly topics: readonly Topic[]
  readonly protocols: readonly NamedProtocol[]
  readonly facts: Facts
}

/**
 * Protocols come in the order of the facts, those that no run has included, then those that only the runs have.
 *
 * @throws Error when there is no run, or a run is given twice
 */
export function mapSite(runs: readonly PublishedRun[], facts: Facts): SiteMap {
  const named = nameRuns(runs)
  const documents = named.map(({ document }) => document)
  return { runs: named, topics: topicsOf(documents), protocols: nameProtocols(documents, facts), facts }
}

function nameRuns(runs: readonly PublishedRun[]): readonly NamedRun[] {
  const [first] = runs
  if (first === undefined) throw new Error("a site needs at least one run")
  const newest = runs.toSorted((a, b) => compareText(b.document.run.startedAt, a.document.run.startedAt))
  const ids = namesFor(newest.map(({ document }) => document.run.id))
  if (ids.size < runs.length) throw new Error(`the run ${twice(newest)} is given twice; give each run once`)
  return newest.map((run) => ({ ...run, id: ids.get(run.document.run.id) ?? "", title: runTitle(run) }))
}

const twice = (runs: readonly PublishedRun[]): string | undefined =>
  runs.map(({ document }) => document.run.id).find((id, index, all) => all.indexOf(id) !== index)

/** First what tells two runs of one machine apart: a narrow control shows no more of it. */
function runTitle({ document: { run } }: PublishedRun): string {
  const { cpu, cores, node } = run.environment
  const { protocols, sizes } = run.plan
  const held = `${protocols.length} protocols up to ${Math.max(...sizes)} devices`
  return `${run.startedAt.slice(0, 10)}, ${held}, ${cpu}, ${cores} cores, Node ${node}, commit ${run.tool.commit.slice(0, 9)}`
}

function nameProtocols(documents: readonly ResultDocument[], { protocols }: Facts): readonly NamedProtocol[] {
  const known = new Map(protocols.map((facts) => [facts.name, facts]))
  const measured = documents.flatMap(({ cells, throughput }) =>
    [...cells, ...throughput].map(({ protocol }) => protocol),
  )
  return [...namesFor([...known.keys(), ...measured])].map(([name, slug]) => {
    const facts = known.get(name)
    return { name, path: `protocols/${slug}.html`, ...(facts === undefined ? {} : { facts }) }
  })
}

/**
 * A file name for each text, whatever is in it: lower-case letters, digits and hyphens; equal ones are numbered.
 */
export function namesFor(texts: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const taken = new Set<string>()
  for (const text of new Set(texts)) {
    const base = plain(text)
    const numbered = (number: number): string => (number === 1 ? base : `${base}-${number}`)
    let number = 1
    while (taken.has(numbered(number))) number++
    taken.add(numbered(number))
    names.set(text, numbered(number))
  }
  return names
}

const LONGEST_NAME = 80 // file systems take 255 bytes

function plain(text: string): string {
  const kept = text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")
  return kept.replaceAll(/^-|-$/g, "").slice(0, LONGEST_NAME) || "unnamed"
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export const topicPath = ({ slug }: Topic): string => `operations/${slug}.html`

/** One run's figures of one topic as comma-separated values. */
export const csvPath = (run: NamedRun, { slug }: Topic): string => `data/${run.id}/${slug}.csv`
export const recordsPath = (run: NamedRun): string => `data/${run.id}/results.jsonl`
export const samplesPath = (run: NamedRun): string => `data/${run.id}/results.samples.csv.gz`
export const documentPath = (run: NamedRun): string => `data/${run.id}/document.json`

export const figureFolder = (run: NamedRun): string => `figures/${run.id}`

export const figurePath = (run: NamedRun, { name }: Figure, ending: string): string =>
  `${figureFolder(run)}/${name}${ending}`
