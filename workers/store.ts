/**
 * What jobs share: formed groups and recordings, one file each in a folder of the run's own. They hold the
 * simulated members' keys, so only this user may read them, and they go when the run ends.
 */
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { deserialize, serialize } from "node:v8"
import type { JobStore } from "../bench/run/run-job.ts"

export const createStoreFolder = (): string => mkdtempSync(join(tmpdir(), "dcgka-bench-"))

export const removeStoreFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true })

export function openStore(folder: string): JobStore {
  const path = (name: string) => join(folder, `${encodeURIComponent(name)}.bin`) // a name may have a slash
  return {
    read: (name) => deserialize(readFileSync(path(name))),
    write(name, value) {
      // A worker that dies half-way must not leave half a file under the name that others read.
      writeFileSync(`${path(name)}.part`, serialize(value), { mode: 0o600 })
      renameSync(`${path(name)}.part`, path(name))
    },
  }
}
