/** What follows a heal, so that nothing that a thief may have kept for later goes unnoticed. */
import type { Compromise } from "../adversary/heal.ts"
import { membersOf } from "../sim/operations.ts"

/** After the heal the victim and a peer each renew and speak: not one byte of it may open. */
export async function renewAndSpeak(compromise: Compromise): Promise<number> {
  const plaintext = new TextEncoder().encode("are we alone?")
  let opened = 0
  for (const member of membersOf(2)) {
    opened += await compromise.overhear({ actions: [[member, { kind: "update" }]] })
    opened += await compromise.overhear({ actions: [[member, { kind: "send", plaintext }]] })
  }
  return opened
}
