import assert from "node:assert/strict"
import { test } from "node:test"
import { inlineScript, readLibraries } from "./libraries.ts"

test("a script cannot end its own element, and asks for no source map", () => {
  const text = inlineScript('a = "</SCRIPT><!--"\r\n//# sourceMappingURL=a.js.map')
  assert.equal(text, 'a = "<\\/SCRIPT><\\!--"\n')
  assert.equal(new Function(`${text}; return a`.replace("a =", "const a ="))(), "</SCRIPT><!--")
})

test("the three browser builds are found and still parse", () => {
  const libraries = readLibraries()
  assert.equal(libraries.length, 3)
  for (const library of libraries) {
    assert.doesNotThrow(() => new Function(library))
    assert.doesNotMatch(library, /<\/script|<!--|sourceMappingURL/i)
  }
})
