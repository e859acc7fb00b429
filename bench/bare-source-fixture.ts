/** A source text in which only what runs is left, line by line: no comments, strings or types. */

/** Longer ones first; of a template what is inserted stays. */
const TOKENS =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|(?<=[=(,:[!&|?{};]\s*|return )\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/g

const blank = (text: string): string => text.replaceAll(/[^\n]/g, " ")

export function bare(text: string): string {
  const code = withoutTemplates(
    text.replaceAll(TOKENS, (token) => (/^["']/.test(token) ? `""${blank(token.slice(2))}` : blank(token))),
  )
  return withoutTypes(code)
}

/** Text between the insertions of a template goes. */
const withoutTemplates = (code: string): string =>
  code.replaceAll(/`(?:\$\{[^`}]*\}|[^`$]|\$(?!\{))*`/g, (template) =>
    template.replaceAll(/(?<=^|\})[^$]*?(?=\$\{|`$)/g, blank),
  )

/** Declarations of types, whole; then the unions and intersections that are left in annotations. */
function withoutTypes(code: string): string {
  return code
    .replaceAll(/^(?:export )?(?:declare )?(?:type|interface) [\s\S]*?(?=\n(?:\S|$)(?<![})|&\]]))/gm, blank)
    .replaceAll(/^import type [\s\S]*?""/gm, blank)
    .replaceAll(UNION, blank)
}

/** `| undefined`, `& Roster`, `| ""`: a name of a type begins with a capital and goes on in small letters. */
const UNION =
  /(?<=[\w\])>"}]\s*)[|&]\s*(?=undefined\b|null\b|string\b|number\b|boolean\b|bigint\b|unknown\b|never\b|void\b|false\b|true\b|readonly\b|keyof\b|typeof\b|""|\{ readonly|\{\s*\n|[A-Z][A-Za-z]*[a-z]\w*|[A-Z]\b(?=[>)\],]))/g
