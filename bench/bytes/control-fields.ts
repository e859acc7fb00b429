/** Control messages taken apart (`protocols/dcgka/messages.ts`). */
import { utf8 } from "../../protocols/bytes.ts"
import type { Id, MessageId } from "../../protocols/dcgka/ids.ts"
import type { Control, ControlMessage, Introduction } from "../../protocols/dcgka/messages.ts"
import { unreachable } from "../../protocols/errors.ts"
import { bytesOf, type Encoded } from "../../results/published/field-bytes.ts"
import { binary, uint32 } from "./protobuf-fields.ts"

/** Without its signature; of an author that is in the group for the first time. */
export const controlFields = ({ seq, spoken, body }: ControlMessage): Encoded => [
  ...uint32("message type", 0), // of one byte, whichever it is
  ...uint32("message number", seq),
  ...uint32("messages spoken", spoken),
  ...bodyFields(body),
]

function bodyFields(body: Control): Encoded {
  switch (body.kind) {
    case "create":
      return [
        ...keyField("commitment", body.commitment),
        ...binary(bytesOf("group id", body.groupId.length)),
        ...binary(body.members.flatMap(introductionFields)),
      ]
    case "update":
      return [...keyField("commitment", body.commitment), ...keyField("new signing key", body.signingKey)]
    case "remove":
      return [
        ...keyField("commitment", body.commitment),
        ...keyField("new signing key", body.signingKey),
        ...idField("removed member", body.removed),
      ]
    case "add":
      return [
        ...keyField("new signing key", body.signingKey),
        ...idField("added member", body.added.id),
        ...keyField("signing key", body.added.signingKey),
      ]
    case "ack":
    case "add-ack":
      return [
        ...(body.commitment === undefined ? [] : keyField("commitment", body.commitment)),
        ...acknowledgedFields(body.acked),
      ]
    default:
      return unreachable(body)
  }
}

const introductionFields = ({ id, signingKey }: Introduction): Encoded =>
  binary([...bytesOf("signing key", signingKey.length), ...nameBytes("member", id)])

const acknowledgedFields = ({ author, seq }: MessageId): Encoded => [
  ...idField("acknowledged sender", author),
  ...uint32("acknowledged number", seq),
]

export const keyField = (field: string, key: Uint8Array): Encoded => binary(bytesOf(field, key.length))

export const idField = (field: string, id: Id): Encoded => binary(nameBytes(field, id))

const nameBytes = (field: string, id: Id): Encoded => bytesOf(field, utf8(id).length)
