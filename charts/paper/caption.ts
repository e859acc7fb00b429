/** A caption that says how the figures came about: to be cut down by whoever needs it shorter. */
import type { ResultDocument } from "../../results/schema.ts"
import { formatBytes } from "../../results/units.ts"
import type { Figure } from "../specs/frame.ts"

/** Paragraphs of plain text: what is shown and counted, then from which run. */
export function captionText(figure: Figure, notes: string, document: ResultDocument): string {
  const paragraphs = [`${figure.title}.`, ...figure.caption, notes, runText(document)]
  return `${paragraphs.join("\n\n")}\n`
}

function runText({ run: { id, plan, environment, tool }, cells, throughput }: ResultDocument): string {
  const { cpu, cores, memoryBytes, platform, arch, node, v8, openssl } = environment
  const blocks = Math.max(0, ...[...cells, ...throughput].map((cell) => cell.blocks))
  return [
    `Group sizes n = ${plan.sizes.join(", ")}; times over ${blocks} blocks, counts need none.`,
    `Suites: ${plan.suites.join(", ")}; messages of ${plan.payloadBytes} bytes.`,
    `Machine: ${cpu}, ${cores} cores, ${formatBytes(memoryBytes)}, ${platform} ${arch}; Node ${node}, V8 ${v8}, OpenSSL ${openssl}.`,
    `Made by ${tool.name} ${tool.version}, commit ${tool.commit}, run ${id}.`,
  ].join(" ")
}
