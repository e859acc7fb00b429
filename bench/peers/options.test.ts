import assert from "node:assert/strict"
import { test } from "node:test"
import { UsageError } from "../cli/failure.ts"
import { libsignalVersions, parseOptions } from "./options.ts"

test("without options: twelve blocks, as a table", () => {
  assert.deepEqual(parseOptions([]), { blocks: 12, output: "table" })
  assert.deepEqual(parseOptions(["--blocks", "3", "--json"]), { blocks: 3, output: "json" })
  assert.equal(parseOptions(["--help"]).output, "help")
})

const BAD: readonly (readonly [args: string, complaint: RegExp])[] = [
  ["--blocks 0", /^--blocks "0": a whole number from 1 to 1000$/],
  ["--blocks x", /^--blocks "x": a whole number from 1 to 1000$/],
  ["--blocks 1 --blocks 2", /^--blocks "1", "2": give it once$/],
  ["--blocks", /--blocks.*\(allowed: --blocks N, --json, --help\)$/],
  ["--rows encrypt", /--rows.*\(allowed: /],
  ["run", /run.*\(allowed: /],
]
for (const [args, complaint] of BAD) {
  test(`${args} is refused in one line`, () => {
    assert.throws(
      () => parseOptions(args.split(" ")),
      (error) =>
        error instanceof UsageError && complaint.test(error.message) && !error.message.includes("\n"),
    )
  })
}

test("libsignal is named by what is installed", () => {
  const { "libsignal-current": current, "libsignal-x3dh": x3dh } = libsignalVersions()
  assert.match(`${current} ${x3dh}`, /^\d+\.\d+\.\d+ \d+\.\d+\.\d+$/)
})

test("a libsignal that is not installed is one line: what is missing, and what to do", () => {
  const nothing = (module: string) => {
    throw new Error(`Cannot find module '${module}'\nRequire stack:\n- /somewhere`)
  }
  assert.throws(
    () => libsignalVersions(nothing),
    (error) =>
      error instanceof UsageError &&
      error.message ===
        "@signalapp/libsignal-client is not installed: run npm ci, development packages included",
  )
})
