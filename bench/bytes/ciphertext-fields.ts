/** Ciphertexts of the channel `2sm` taken apart (`protocols/two-party/two-sm-messages.ts`). */
import { unreachable } from "../../protocols/errors.ts"
import {
  decodeMessage,
  decodeSealed,
  type Header,
  varint,
} from "../../protocols/two-party/two-sm-messages.ts"
import { bytesOf, type Encoded, framing } from "../../results/published/field-bytes.ts"

/** @param content - what was encrypted, taken apart */
export function ciphertextFields(bytes: Uint8Array, content: Encoded): Encoded {
  const { header, sealed } = decodeMessage(bytes)
  return [
    ...headerFields(header),
    ...(header.kind === "prekey" ? [] : bytesOf("ephemeral key", decodeSealed(sealed).enc.length)),
    ...bytesOf("new secret key", KEY_BYTES),
    ...bytesOf("new public key", KEY_BYTES),
    ...content,
    ...bytesOf("tag", TAG_BYTES),
  ]
}

const [KEY_BYTES, TAG_BYTES] = [32, 16]

/** The number of a message is that of the key which it announces. */
function headerFields(header: Header): Encoded {
  switch (header.kind) {
    case "made":
      return [framing(1), ...number("key index", header.number)]
    case "announced":
      return [framing(1), ...number("key index", header.number), ...number("key index", header.index)]
    case "prekey": {
      const { identityKey, ephemeral, signedPreKeyId, preKeyId = 0 } = header
      return [
        framing(1),
        ...bytesOf("identity key", identityKey.length),
        ...bytesOf("ephemeral key", ephemeral.length),
        ...number("prekey id", signedPreKeyId),
        ...number("prekey id", preKeyId),
      ]
    }
    default:
      return unreachable(header)
  }
}

const number = (field: string, value: number): Encoded => bytesOf(field, varint(value).length)
