/** A welcome taken apart (`protocols/dcgka/welcome.ts`), to a group in which no other change is under way. */
import type { Id } from "../../protocols/dcgka/ids.ts"
import { decodeControl } from "../../protocols/dcgka/messages.ts"
import { decodeWelcome, type Welcome } from "../../protocols/dcgka/welcome.ts"
import type { MemberId } from "../../protocols/ids.ts"
import { bytesOf, type Encoded } from "../../results/published/field-bytes.ts"
import { controlFields, idField, keyField } from "./control-fields.ts"
import { binary, uint32 } from "./protobuf-fields.ts"

export function welcomeFields(adder: MemberId, bytes: Uint8Array): Encoded {
  const { groupId, identity, ratchet, add, peers, signature } = decodeWelcome(bytes)
  const [NO_ADDS, NO_REMOVES] = [binary([]), binary([])]
  return [
    ...keyField("group id", groupId),
    ...keyField("signing key", identity),
    ...keyField("chain key", ratchet),
    ...binary(controlFields(decodeControl(adder, add))),
    ...uint32("update owed", 0),
    ...binary([...peers].flatMap(peerFields)),
    ...NO_ADDS,
    ...NO_REMOVES,
    ...bytesOf("signature", signature.length),
  ]
}

const peerFields = ([id, { seen, signingKey }]: Peer): Encoded =>
  binary([...idField("member", id), ...uint32("clock", seen), ...keyField("signing key", signingKey)])

type Peer = readonly [Id, Welcome["peers"] extends ReadonlyMap<Id, infer P> ? P : never]
