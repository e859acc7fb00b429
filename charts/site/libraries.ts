/** The browser builds of the chart libraries, as text to stand inside a page. */
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

// In the order in which they must run; each lies in build/ of its package.
const LIBRARIES = [
  ["vega", "vega.min.js"],
  ["vega-lite", "vega-lite.min.js"],
  ["vega-embed", "vega-embed.min.js"],
] as const

/** Their texts, safe inside a script element. */
export function readLibraries(): string[] {
  return LIBRARIES.map(([name, file]) => inlineScript(readFileSync(pathOf(name, file), "utf8")))
}

/** The same as files of a site, with the licence of each: its text has to go where the library goes. */
export function readLibraryFiles(): [name: string, content: string][] {
  const scripts = readLibraries()
  return LIBRARIES.flatMap(([name], index) => [
    [`${name}.js`, scripts[index] ?? ""],
    [`${name}-LICENSE.txt`, readFileSync(pathOf(name, "../LICENSE"), "utf8")],
  ])
}

function pathOf(name: string, file: string): string {
  // Every entry of these packages lies in build/, and they export no way to the browser file itself.
  return fileURLToPath(new URL(file, import.meta.resolve(name)))
}

/**
 * A script's text with nothing that ends its element or opens a comment in it, and without the pointer to a
 * source map, which a browser's tools would try to fetch.
 */
export function inlineScript(text: string): string {
  return text
    .replace(/^\/\/# sourceMappingURL=.*$/gm, "")
    .replace(/<\/(script)/gi, "<\\/$1")
    .replaceAll("<!--", "<\\!--")
    .replaceAll("\r\n", "\n")
}
