/** Whether two runs are of one machine, as far as their times are concerned. */
import type { Environment } from "../schema.ts"

/** Each thing that differs and moves times: `cpu: … against …`; none on one machine. */
export function machineDifferences(base: Environment, head: Environment): string[] {
  const [before, after] = [traitsOf(base), traitsOf(head)]
  return Object.entries(before)
    .filter(([name, trait]) => trait !== after[name])
    .map(([name, trait]) => `${name}: ${trait} against ${after[name]}`)
}

/** Minor versions of Node move times less than machines do, and are shown beside the runs. */
function traitsOf({ cpu, cores, platform, arch, node }: Environment): Readonly<Record<string, string>> {
  return { cpu, cores: `${cores}`, platform, arch, "Node major": node.split(".")[0] ?? node }
}
