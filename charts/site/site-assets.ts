/** The style sheet and the scripts of the site: plain files in assets/site, type-checked by `npm run lint`. */
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { HOW_IT_WORKS_STYLE } from "../story/style.ts"
import { STYLE } from "./style.ts"

// Compiled, this file is dist/charts/site/site-assets.js: the assets lie at the root of the package.
const read = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../assets/site/${name}`, import.meta.url)), "utf8")

const SCRIPTS = ["theme.js", "controls.js", "axes.js", "chart.js", "explorer.js"]

export function readSiteAssets(): [name: string, content: string][] {
  return [
    ["site.css", `${STYLE}\n${read("site.css")}\n${HOW_IT_WORKS_STYLE}`],
    ...SCRIPTS.map((name): [string, string] => [name, read(name)]),
  ]
}
