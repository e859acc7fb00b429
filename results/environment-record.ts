/** The machine and the build of a run, as they stand in its first line. */
import { z } from "zod"

export const environment = z.object({
  node: z.string(),
  v8: z.string(),
  openssl: z.string(),
  platform: z.string(),
  arch: z.string(),
  cpu: z.string(),
  cores: z.int().positive(),
  memoryBytes: z.int().nonnegative(),
  /** Options that Node was started with, as `--single-threaded`; absent in files of 0.1. */
  nodeOptions: z.array(z.string()).optional(),
  dependencies: z.record(z.string(), z.string()),
  /** First 16 hex digits of SHA-256 of package-lock.json; absent where this is installed as a package. */
  lockfileHash: z.string().optional(),
  /** What follows is absent where the system does not say it (`results/machine.ts`), and in files of 0.1. */
  governor: z.string().optional(),
  turbo: z.enum(["on", "off"]).optional(),
  smt: z.enum(["on", "off"]).optional(),
  isVirtual: z.boolean().optional(),
  /** As the run began: tasks that ran or wanted to; share of the time in which one waited for a core. */
  loadAverage1m: z.number().nonnegative().optional(),
  cpuPressureShare: z.number().nonnegative().optional(),
})
export type Environment = z.infer<typeof environment>
