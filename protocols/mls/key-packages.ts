/** Key packages (RFC 9420, §10): with one a device can be added once, whether it is there or not. */
import { type Credential, defaultLifetime, generateKeyPackageWithKey, type Welcome } from "ts-mls"
import { makeKeyPackageRef } from "ts-mls/keyPackage.js"
import { equal, toHex, utf8 } from "../bytes.ts"
import type { Suite } from "../crypto/suite.ts"
import { ProtocolError } from "../errors.ts"
import type { MemberId } from "../ids.ts"
import { CAPABILITIES, decoded, encoded } from "./client.ts"
import type { Invitation, MlsState, OwnKeyPackage } from "./state.ts"
import { bridged } from "./suite-bridge.ts"

/** Draws both its key pairs; good for ever, as nothing here has a clock. */
export const newKeyPackage = ({ me, signing }: MlsState, suite: Suite): Promise<OwnKeyPackage> =>
  generateKeyPackageWithKey(
    { credentialType: "basic", identity: utf8(me) },
    CAPABILITIES,
    defaultLifetime,
    [],
    { signKey: signing.secret, publicKey: signing.public },
    bridged(suite),
  )

/** Make one and keep its private half. @returns it as an MLS message */
export async function publish(state: MlsState, suite: Suite): Promise<Uint8Array> {
  const own = await newKeyPackage(state, suite)
  const reference = await makeKeyPackageRef(own.publicPackage, bridged(suite).hash)
  state.keyPackages.set(toHex(reference), own)
  return encoded({ wireformat: "mls_key_package", keyPackage: own.publicPackage })
}

/**
 * Read what the server handed out for `member`; its signatures are checked when it is added.
 *
 * @throws ProtocolError `bad-encoding`; `untrusted-identity` when it is in another name
 */
export async function invitation(member: MemberId, bytes: Uint8Array): Promise<Invitation> {
  const message = await decoded(bytes)
  if (message.wireformat !== "mls_key_package") throw new ProtocolError("bad-encoding")
  const { keyPackage } = message
  if (!isFor(member, keyPackage.leafNode.credential)) throw new ProtocolError("untrusted-identity")
  return { member, keyPackage }
}

const isFor = (member: MemberId, credential: Credential): boolean =>
  credential.credentialType === "basic" && equal(credential.identity, utf8(member))

export type Invited = { readonly reference: string; readonly own: OwnKeyPackage }

/** Which of the device's key packages a welcome is for. @throws ProtocolError `missing-prekey` when it is for none */
export function invitedBy({ keyPackages }: MlsState, { secrets }: Welcome): Invited {
  for (const { newMember } of secrets) {
    const reference = toHex(newMember)
    const own = keyPackages.get(reference)
    if (own !== undefined) return { reference, own }
  }
  throw new ProtocolError("missing-prekey")
}
