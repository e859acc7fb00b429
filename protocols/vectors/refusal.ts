import assert from "node:assert/strict"
import { type ErrorCode, type ErrorDetail, ProtocolError } from "../errors.ts"

/** `run` is refused with `code`, and `state` is then exactly as it was. */
export function assertRefused(
  state: unknown,
  run: () => unknown,
  code: ErrorCode,
  options: { readonly detail?: ErrorDetail; readonly at?: string } = {},
): void {
  const before = structuredClone(state)
  const at = options.at === undefined ? "" : `${options.at}: `
  assert.throws(run, (error) => {
    if (!(error instanceof ProtocolError)) throw error
    assert.equal(error.code, code, `${at}the error`)
    if (options.detail !== undefined) assert.equal(error.detail, options.detail, `${at}the detail`)
    return true
  })
  assert.deepEqual(state, before, `${at}the state is as it was`)
}
