/** What the encoding of our own messages (`protocols/protobuf.ts`) adds to a value. */
import { encodeFields, type FieldValue } from "../../protocols/protobuf.ts"
import { bytesOf, type Encoded, framing, totalBytes } from "../../results/published/field-bytes.ts"

/** A field that holds a number. */
export function uint32(field: string, value: number): Encoded {
  const bytes = encodedBytes(value) - FIELD_NUMBER_BYTES
  return [framing(FIELD_NUMBER_BYTES), ...bytesOf(field, bytes)]
}

/** A field that holds a byte string. */
export function binary(content: Encoded): Encoded {
  const bytes = totalBytes(content)
  return [framing(encodedBytes(new Uint8Array(bytes)) - bytes), ...content]
}

/** Fields are numbered below 16. */
const FIELD_NUMBER_BYTES = 1

const encodedBytes = (value: FieldValue): number => encodeFields([value]).length
