/** For tests: many command lines one after another in this process, since starting one takes longer than most commands. */
import type { Ended } from "./spawned.ts"

const [, , commandLines = "[]"] = process.argv
const write = { stdout: process.stdout.write, stderr: process.stderr.write }

/** As if the process had been started with these arguments; main.ts is evaluated anew, what it imports is not. */
async function run(args: readonly string[], index: number): Promise<Ended> {
  const output = { stdout: "", stderr: "" }
  for (const name of ["stdout", "stderr"] as const)
    process[name].write = (text: string | Uint8Array) => {
      output[name] += text
      return true
    }
  process.argv = [...process.argv.slice(0, 2), ...args]
  process.exitCode = undefined
  await import(`./main.js?${index}`)
  return { code: Number(process.exitCode ?? 0), ...output }
}

process.stdout.setMaxListeners(0) // each command line listens for a reader that leaves
process.stderr.setMaxListeners(0)
const ended: Ended[] = []
for (const [index, args] of (JSON.parse(commandLines) as string[][]).entries())
  ended.push(await run(args, index))
Object.assign(process.stdout, { write: write.stdout })
process.exitCode = 0
process.stdout.write(JSON.stringify(ended))
