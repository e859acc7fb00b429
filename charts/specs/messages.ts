import { messagesIn } from "../../results/exact.ts"
import { isHeal, type ResultDocument } from "../../results/schema.ts"
import { CLAIMS_NOTE, claimedPoints } from "./claims.ts"
import { exactCells, type Figure, NO_OVERLAY, type Overlay, operationsOf, suiteNote } from "./frame.ts"
import { byThree, gridSpec, type Panel } from "./grid.ts"

export const messages: Figure = {
  name: "messages",
  title: "Messages that one operation takes",
  caption: [
    "What members upload, answers and acknowledgements included, until everybody who should be able to send is able to. " +
      "Healing has a figure of its own.",
    "Counted: every two-party message, broadcast and welcome once. Not counted: ciphertexts inside a broadcast, which are " +
      "part of it, copies that the server fans out, prekey bundles fetched, and the server's own notices.",
  ],
  spec,
}

function spec(document: ResultDocument, overlay: Overlay = NO_OVERLAY, width?: number) {
  const panels = panelsOf(document, overlay)
  const hasClaims = panels.some(({ claims = [] }) => claims.length > 0)
  return gridSpec(document, {
    width,
    title: messages.title,
    notes: [
      "Two-party messages, broadcasts and welcomes, once each, with all answers.",
      `${suiteNote(document)}${hasClaims ? ` ${CLAIMS_NOTE}` : ""}`,
    ],
    suites: [],
    measure: { title: "Messages", tick: "~s", tooltip: "," },
    rows: byThree(panels),
    shared: "all",
    panelHeight: 200,
  })
}

function panelsOf(document: ResultDocument, { claimedLine }: Overlay): readonly Panel[] {
  const cells = exactCells(document)
  const sizes = cells.map(({ groupSize }) => groupSize)
  const operations = operationsOf(document).filter((operation) => !isHeal(operation))
  return operations.map((operation) => {
    const own = cells.filter((cell) => cell.operation === operation)
    const protocols = own.map(({ protocol }) => protocol)
    return {
      row: operation,
      points: own.map(({ protocol, suite, groupSize, exact }) => ({
        protocol,
        suite,
        n: groupSize,
        y: messagesIn(exact),
      })),
      claims: claimedPoints(claimedLine, protocols, { operation, sizes }),
    }
  })
}
