/** What a developer may ask of `npm run bench:peers`, and what must be installed for it. */
import { createRequire } from "node:module"
import { parseArgs } from "node:util"
import { UsageError } from "../cli/failure.ts"
import { wholeNumber } from "../cli/options.ts"
import { type Library, PACKAGES } from "./rows.ts"

export type Options = { readonly blocks: number; readonly output: "table" | "json" | "help" }

const DEFAULT_BLOCKS = 12
const MOST_BLOCKS = 1000

export const HELP = `npm run bench:peers -- [options]

Sender Keys and sessions here, on both suites, beside libsignal-client, in the same run; docs/peers.md says how.

  --blocks N  rounds through everything, 1 to ${MOST_BLOCKS}, about 1.5 s each [${DEFAULT_BLOCKS}]
  --json      print one JSON document; with npm run --silent
  --help      print this

Exit codes: 0 done, 1 a competitor failed, 2 bad usage or libsignal is not installed.
`

const ARGUMENTS = {
  blocks: { type: "string", multiple: true },
  json: { type: "boolean" },
  help: { type: "boolean" },
} as const

/** @throws UsageError */
export function parseOptions(args: readonly string[]): Options {
  const { blocks = [String(DEFAULT_BLOCKS)], json, help } = readArguments(args)
  if (blocks.length > 1) throw new UsageError(`--blocks "${blocks.join('", "')}": give it once`)
  return {
    blocks: wholeNumber("--blocks", blocks[0], 1, MOST_BLOCKS),
    output: help ? "help" : json ? "json" : "table",
  }
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: ARGUMENTS }).values
  } catch (cause) {
    const complaint = cause instanceof Error ? cause.message : String(cause)
    throw new UsageError(`${complaint} (allowed: --blocks N, --json, --help)`, { cause })
  }
}

/**
 * @param load - reads a module of that name; another one in tests
 * @throws UsageError when one is not installed
 */
export function libsignalVersions(
  load: (module: string) => unknown = createRequire(import.meta.url),
): Record<Library, string> {
  const versionOf = (name: string): string => {
    try {
      return (load(`${name}/package.json`) as { readonly version: string }).version
    } catch (cause) {
      throw new UsageError(`${name} is not installed: run npm ci, development packages included`, { cause })
    }
  }
  return {
    "libsignal-current": versionOf(PACKAGES["libsignal-current"]),
    "libsignal-x3dh": versionOf(PACKAGES["libsignal-x3dh"]),
  }
}
