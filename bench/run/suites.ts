import type { CreateSuite } from "../../protocols/crypto/suite.ts"
import type { SuiteName } from "../../results/schema.ts"

/** Load one suite and not the other: an isolate that times one should hold nothing else. */
export async function loadSuite(name: SuiteName): Promise<CreateSuite> {
  return name === "noble"
    ? (await import("../../protocols/crypto/noble.ts")).createNobleSuite
    : (await import("../../protocols/crypto/native.ts")).createNativeSuite
}

/**
 * The suite for counting: the fast one, where this machine has it. All suites give the same bytes, and each
 * timed replay checks that of the suite it times.
 */
export async function loadFastestSuite(): Promise<CreateSuite> {
  try {
    return await loadSuite("native")
  } catch {
    return await loadSuite("noble")
  }
}
