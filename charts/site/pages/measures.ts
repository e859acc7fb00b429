/** The definitions in full. */
import { MEASURES, type Page } from "../layout.ts"
import { markdownBody } from "../markdown.ts"

/** @param definitions - Markdown */
export function measuresPage(definitions: string): Page {
  return { path: MEASURES.path, title: MEASURES.title, body: markdownBody(definitions) }
}
