/** The packets of an operation taken apart: all that our members upload, each byte under what it is for. */
import { decodeSigned } from "../../protocols/dcgka/messages.ts"
import type { MemberId } from "../../protocols/ids.ts"
import { ciphertextsIn } from "../../protocols/packets.ts"
import { decodeGroupMessage } from "../../protocols/sending-chain/messages.ts"
import { CONTENT, CONTROL_MESSAGE, untagged } from "../../protocols/wire.ts"
import {
  bytesOf,
  type Encoded,
  type FieldBytes,
  framing,
  sumFields,
  totalBytes,
} from "../../results/published/field-bytes.ts"
import { ciphertextFields } from "./ciphertext-fields.ts"
import { controlFields, keyField } from "./control-fields.ts"
import { binary, uint32 } from "./protobuf-fields.ts"
import { PAYLOAD, type Uploads } from "./uploads.ts"
import { welcomeFields } from "./welcome-fields.ts"

/**
 * Everything that all members upload, each packet once.
 *
 * @throws Error where a message has bytes that were given no purpose here
 */
export function ownFields({ operation, packets, contentOf }: Uploads): readonly FieldBytes[] {
  const secret = operation === "add" ? "chain key" : "seed"
  const broadcasts = packets
    .filter(({ kind }) => kind === "broadcast")
    .map(({ from, bytes }) => whole(bytes, broadcastFields(from, bytes)))
  const ciphertexts = packets
    .flatMap(ciphertextsIn)
    .map(({ from, bytes }) =>
      whole(bytes, ciphertextFields(bytes, contentFields(from, contentOf(bytes), secret))),
    )
  return sumFields([...broadcasts, ...ciphertexts].map((message) => ({ message, times: 1 })))
}

function whole(bytes: Uint8Array, message: Encoded): Encoded {
  const total = totalBytes(message)
  if (total !== bytes.length) throw new Error(`a purpose is known of ${total} bytes of ${bytes.length}`)
  return message
}

function broadcastFields(from: MemberId, bytes: Uint8Array): Encoded {
  const { tag, body } = untagged(bytes)
  return [...TYPE, ...(tag === CONTROL_MESSAGE ? signedControl(from, body) : applicationMessage(body))]
}

/** The byte before every message of ours, `protocols/wire.ts`. */
const TYPE = bytesOf("message type", 1)

function signedControl(from: MemberId, body: Uint8Array): Encoded {
  const message = decodeSigned(from, body)
  return [...controlFields(message), ...bytesOf("signature", message.signature.length)]
}

/** What AES-CBC adds to the payload is padding. */
function applicationMessage(body: Uint8Array): Encoded {
  const { distributionId, chainId, iteration, ciphertext, signature } = decodeGroupMessage(body)
  const padding = bytesOf("padding", ciphertext.length - PAYLOAD.length)
  return [
    framing(1), // its version
    ...keyField("group id", distributionId),
    ...uint32("chain number", chainId),
    ...uint32("message number", iteration),
    ...binary([...bytesOf("payload", PAYLOAD.length), ...padding]),
    ...bytesOf("signature", signature.length),
  ]
}

/** @param secret - what travels with broadcasts */
function contentFields(from: MemberId, content: Uint8Array, secret: string): Encoded {
  const { tag, body } = untagged(content)
  return [...TYPE, ...(tag === CONTENT.welcome ? welcomeFields(from, body) : bytesOf(secret, body.length))]
}
