/** Files as a command leaves them in a folder of the user's choice. */
import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { UsageError } from "./failure.ts"

/**
 * Write all of `files`, by path below `folder`, and the folders that they need.
 *
 * @param what - they are, for the message
 * @throws UsageError when a folder or file cannot be written
 */
export function writeFiles(
  files: ReadonlyMap<string, string | Uint8Array>,
  folder: string,
  what: string,
): void {
  try {
    for (const [path, content] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content)
    }
  } catch (cause) {
    throw new UsageError(`cannot write ${what} into ${folder}: ${(cause as Error).message}`, { cause })
  }
}
