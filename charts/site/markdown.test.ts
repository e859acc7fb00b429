import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { markdownBody } from "./markdown.ts"

test("the marks that the documents use become elements, and nothing is lost between them", () => {
  const markdown = [
    "# Title",
    "Every *figure* is **of** one `cell * a * b`.",
    "## A heading",
    "| a | b |\n|---|---|\n| `x` | 1 |",
    "- one\n  goes on\n- two",
    "    { code }",
  ].join("\n\n")
  assert.equal(
    markdownBody(markdown)
      .replaceAll(/ (class|role|aria-label|tabindex)="[^"]*"/g, "")
      .trim(),
    "<p>Every <em>figure</em> is <strong>of</strong> one <code>cell * a * b</code>.</p>\n" +
      '<h2 id="a-heading">A heading</h2>\n' +
      "<div><table><thead><tr><th>a</th><th>b</th></tr></thead>\n<tbody><tr><td><code>x</code></td><td>1</td></tr></tbody></table></div>\n" +
      "<ul>\n<li>one\n  goes on</li>\n<li>two</li>\n</ul>\n<pre>{ code }</pre>",
  )
})

test("HTML in a document stays text, and a link leads nowhere but to the web", () => {
  assert.equal(markdownBody("<b>a</b> & `<i>`"), "<p>&lt;b&gt;a&lt;/b&gt; &amp; <code>&lt;i&gt;</code></p>")
  assert.match(markdownBody("[a](https://b.example)"), /<a href="https:\/\/b\.example">a<\/a>/)
  assert.equal(markdownBody("[`a`](../a.json)"), "<p><code>a</code></p>")
  assert.doesNotMatch(markdownBody("[a](javascript:alert)"), /<a/)
})

test("the definitions of this project leave no mark behind", () => {
  const definitions = readFileSync(new URL("../../../docs/measures.md", import.meta.url), "utf8")
  const text = markdownBody(definitions).replaceAll(/<(code|pre)[^>]*>[\s\S]*?<\/\1>/g, "")
  assert.doesNotMatch(text, /\*\*|^#|^\| |`|\]\(/m)
})
