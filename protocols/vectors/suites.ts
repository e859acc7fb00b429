/** Both suites, for tests that must hold on either. */
import { createNativeSuite } from "../crypto/native.ts"
import { createNobleSuite } from "../crypto/noble.ts"

export const SUITES = [
  { name: "noble", create: createNobleSuite },
  { name: "native", create: createNativeSuite },
] as const
