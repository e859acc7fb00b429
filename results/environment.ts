/**
 * The machine and the build a run was made with, taken once per run. What cannot be found is "unknown", or left out
 * where only some systems say it. Nothing here names a user, a host or a folder.
 */
import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, readFileSync } from "node:fs"
import { availableParallelism, cpus, totalmem } from "node:os"
import {
  cpuPressureShare,
  governorOf,
  isVirtual,
  loadAverage1m,
  type ReadSystem,
  readSystem,
  smtOf,
  turboOf,
} from "./machine.ts"
import type { Environment, RunHeader } from "./schema.ts"

const UNKNOWN = "unknown"
const GIT_PATIENCE_MS = 5000

type Package = { readonly name: string; readonly version: string; readonly dependencies: readonly string[] }

/**
 * Versions of the run time and of what is installed, and the machine.
 *
 * @param root - folder of the project's package.json, with a slash at its end
 * @param read - another one in tests
 * @returns `cores`: those that this process may use; `memoryBytes`: what the machine has
 */
export function takeEnvironment(root: URL = projectRoot(), read: ReadSystem = readSystem): Environment {
  const { dependencies } = readPackage(new URL("package.json", root))
  return {
    node: process.versions.node,
    v8: process.versions.v8,
    openssl: process.versions.openssl ?? UNKNOWN,
    platform: process.platform,
    arch: process.arch,
    cpu: cpus()[0]?.model.trim() || UNKNOWN,
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    nodeOptions: process.execArgv,
    dependencies: Object.fromEntries(dependencies.map((name) => [name, installedVersion(name, root)])),
    ...known({ lockfileHash: lockfileHash(root), ...conditions(read) }),
  }
}

/** How the machine is set, and how busy it is now. */
const conditions = (read: ReadSystem) => ({
  governor: governorOf(read),
  turbo: turboOf(read),
  smt: smtOf(read),
  isVirtual: isVirtual(read),
  loadAverage1m: loadAverage1m(read),
  cpuPressureShare: cpuPressureShare(read),
})

const known = <T extends object>(facts: T): T =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as T

const HASH_DIGITS = 16

/** Two runs with the same hash had the same packages, to the last transitive one. */
function lockfileHash(root: URL): string | undefined {
  try {
    const lockfile = readFileSync(new URL("package-lock.json", root))
    return createHash("sha256").update(lockfile).digest("hex").slice(0, HASH_DIGITS)
  } catch {
    return undefined
  }
}

/**
 * Name, version and commit of this project; `+dirty` on the commit when its tree has changes.
 *
 * @param root - as for `takeEnvironment`
 */
export function takeTool(root: URL = projectRoot()): RunHeader["tool"] {
  const { name, version } = readPackage(new URL("package.json", root))
  return { name, version, commit: commitOf(root) }
}

/** Of this project, whoever's folder it is installed in. */
export const takeVersion = (root: URL = projectRoot()): string =>
  readPackage(new URL("package.json", root)).version

function commitOf(root: URL): string {
  // The prefix is empty in the top folder only: installed inside somebody's checkout, their commit is not ours.
  const [prefix, commit] = git(root, "rev-parse", "--show-prefix", "--short", "HEAD")?.split("\n") ?? []
  if (prefix !== "" || commit === undefined) return UNKNOWN
  const changes = git(root, "status", "--porcelain")
  return changes === "" ? commit : `${commit}+dirty`
}

function git(root: URL, ...args: string[]): string | undefined {
  try {
    return execFileSync("git", ["--no-optional-locks", ...args], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: GIT_PATIENCE_MS,
    })
  } catch {
    return undefined
  }
}

/** The nearest folder upwards with a package.json: sources and compiled code lie at different depths. */
function projectRoot(): URL {
  const here = new URL(".", import.meta.url)
  return upwards(here).find((folder) => existsSync(new URL("package.json", folder))) ?? here
}

/** A dependency may be installed beside us or, when we are a dependency ourselves, in a folder above. */
function installedVersion(name: string, root: URL): string {
  const found = upwards(root)
    .map((folder) => new URL(`node_modules/${name}/package.json`, folder))
    .find((file) => existsSync(file))
  return found === undefined ? UNKNOWN : readPackage(found).version
}

function upwards(folder: URL): URL[] {
  const parent = new URL("..", folder)
  return parent.href === folder.href ? [folder] : [folder, ...upwards(parent)]
}

function readPackage(file: URL): Package {
  const { name, version, dependencies } = readObject(file)
  return {
    name: typeof name === "string" ? name : UNKNOWN,
    version: typeof version === "string" ? version : UNKNOWN,
    dependencies: typeof dependencies === "object" && dependencies !== null ? Object.keys(dependencies) : [],
  }
}

function readObject(file: URL): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"))
    return typeof value === "object" && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
