/** Files that only grow: what is appended is on the disk, or the error is one line for the user. */
import { fsyncSync, ftruncateSync, writeSync } from "node:fs"

/** What is wrong with a file or folder of results, where, and what is allowed: one line of text. */
export class ResultsError extends Error {
  override readonly name = "ResultsError"
}

/** An open file, and the length of what is good in it. */
export type Growing = { readonly file: string; readonly descriptor: number; readonly end: number }

/**
 * Write at the end and force it to the disk.
 *
 * @throws {@link ResultsError} when that fails, after which the same call may be tried again
 */
export function appendBytes({ file, descriptor, end }: Growing, bytes: Uint8Array): void {
  attempt(`${file}: cannot write`, () => {
    ftruncateSync(descriptor, end) // an earlier write may have failed half-way
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(descriptor, bytes, done, bytes.length - done, end + done)
    }
    fsyncSync(descriptor)
  })
}

const CAUSES: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "no space left on the disk",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file would be larger than is allowed",
  ENOTDIR: "a part of the path is a file, not a folder",
  EEXIST: "a file of that name exists already; choose another folder, or resume the run in this one",
  EISDIR: "it is a folder",
}

/** @throws {@link ResultsError}, its text beginning with `what`, when the file system refuses */
export function attempt<T>(what: string, action: () => T): T {
  try {
    return action()
  } catch (cause) {
    const { code = "", message } = cause as NodeJS.ErrnoException
    throw new ResultsError(`${what}: ${CAUSES[code] ?? oneLine(message)}`, { cause })
  }
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ")
}
