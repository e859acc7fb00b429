/**
 * The claims, played: what happens around a theft, and whether the adversaries read what they should not. A
 * scenario knows nothing of any protocol; it says what members do.
 */
import type { ClaimName } from "../../protocols/group.ts"
import { ABSENT_MEMBERS } from "./scenarios/absent-members.ts"
import { CROSSING } from "./scenarios/crossing.ts"
import { EAVESDROPPING } from "./scenarios/eavesdropping.ts"
import { IMPERSONATION } from "./scenarios/impersonation.ts"
import { RECOVERY } from "./scenarios/recovery.ts"
import { SECRECY } from "./scenarios/secrecy.ts"
import type { Scenario } from "./scenarios/setting.ts"
import { TWO_COPIES } from "./scenarios/two-copies.ts"

export const SCENARIOS: Readonly<Record<ClaimName, Scenario>> = {
  ...EAVESDROPPING,
  ...SECRECY,
  ...RECOVERY,
  ...TWO_COPIES,
  ...ABSENT_MEMBERS,
  ...CROSSING,
  ...IMPERSONATION,
}
