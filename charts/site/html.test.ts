import assert from "node:assert/strict"
import { test } from "node:test"
import fc from "fast-check"
import { escapeHtml, jsonForScript, table } from "./html.ts"

test("escaped text holds nothing that opens a tag or closes an attribute", () => {
  assert.equal(escapeHtml(`<a href="x" b='y'>&`), "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;")
})

test("JSON inside a script element says the same and cannot end the element", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = jsonForScript([value, "</script><!--"])
      assert.doesNotMatch(text, /</)
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify([value, "</script><!--"])))
    }),
  )
})

test("a table names its columns, itself, and escapes its cells", () => {
  const html = table("Counts", [{ heading: "Protocol", align: "text" }], [["<b>"]])
  assert.match(html, /<caption>Counts<\/caption>/)
  assert.match(html, /<th scope="col" class="text">Protocol<\/th>/)
  assert.match(html, /<td class="text">&lt;b&gt;<\/td>/)
})
