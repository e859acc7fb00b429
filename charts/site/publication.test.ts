import assert from "node:assert/strict"
import { posix } from "node:path"
import { describe, test } from "node:test"
import { fixtureDocument } from "../specs/fixture.ts"
import { publicationBinaries, publicationFiles } from "./publication.ts"
import { fixturePublication, published } from "./site-fixture.ts"

type Files = ReturnType<typeof publicationFiles>

const pagesOf = (files: Files): [path: string, html: string][] =>
  [...files].filter(([path]) => path.endsWith(".html"))

/** Where each link, script, style sheet and picture of a page leads, from the root of the site. */
function targetsOf(path: string, html: string): readonly string[] {
  const found = [...html.matchAll(/\b(?:href|src)="([^"]*)"/g)].map((match) => match[1] ?? "")
  const inside = found.filter((target) => !/^(data|https?):/.test(target))
  return inside.map((target) =>
    target.startsWith("#") ? path + target : posix.join(posix.dirname(path), target),
  )
}

function isThere(files: Files, target: string): boolean {
  const [path = "", fragment] = target.replace(/\?[^#]*/, "").split("#")
  const content = files.get(path)
  return content !== undefined && (fragment === undefined || content.includes(`id="${fragment}"`))
}

const isPicture = (path: string): boolean => path.startsWith("figures/")

describe("a site of two runs", () => {
  const files = publicationFiles(fixturePublication())

  test("has a page for every operation, for throughput and for every protocol", () => {
    const names = ["add", "create", "heal", "heal-fresh", "message", "remove", "throughput", "update"]
    const protocols = ["pairwise", "sender-keys", "sender-keys-2sm", "stranger"]
    assert.deepEqual(
      pagesOf(files)
        .map(([path]) => path)
        .toSorted(),
      [
        ...["data.html", "how-it-works.html", "index.html", "measures.html", "method.html"],
        ...names.map((name) => `operations/${name}.html`),
        ...protocols.map((name) => `protocols/${name}.html`),
      ].toSorted(),
    )
  })

  test("leads nowhere that is not there", () => {
    const broken = pagesOf(files).flatMap(([path, html]) =>
      targetsOf(path, html)
        .filter((target) => !isPicture(target) && !isThere(files, target))
        .map((target) => `${path}: ${target}`),
    )
    assert.deepEqual(broken, [])
  })

  test("offers every table and every record of every run on its data page", () => {
    const offered = targetsOf("data.html", String(files.get("data.html")))
    const held = [...files.keys()].filter((path) => path.startsWith("data/"))
    assert.equal(held.length, 7 + 2 + 8 + 2) // a table for each operation and for throughput, and two more files
    assert.deepEqual(
      held.filter((path) => !offered.includes(path)),
      [],
    )
  })

  test("loads nothing from elsewhere, and says so in a policy on every page", () => {
    for (const [path, html] of pagesOf(files)) {
      assert.doesNotMatch(
        html.replace(/<script type="application\/json"[\s\S]*?<\/script>/, ""),
        /src="https?:|@import|url\(/,
        path,
      )
      assert.match(
        html,
        /Content-Security-Policy" content="default-src 'none'; script-src 'self' file:;/,
        path,
      )
      assert.doesNotMatch(html, /<script>|\son\w+="/, path)
    }
    assert.doesNotMatch(String(files.get("assets/site.css")), /url\(|@import/)
  })

  test("says on the first page what healing costs, and of whom it says nothing because it never healed", () => {
    const html = String(files.get("index.html"))
    assert.match(
      html,
      /In a group of 16 devices: 240 with sender-keys and sender-keys\/2sm; 45 with pairwise\./,
    )
    assert.match(html, /Not healed at all: stranger\./)
    assert.match(
      html,
      /Sender Keys, as in WhatsApp’s and Signal’s groups\. A key for sending, given to everybody\./,
    )
    assert.match(html, /CPU time to heal[^<]*<[\s\S]*>4\.80? ms</, "a time under the faster suite")
  })

  test("takes for its picture the run that compares most, even if there is a newer one", () => {
    const { runs, ...rest } = fixturePublication()
    const newer = fixtureDocument({ sizes: [4], timed: "counted only" })
    const run = { ...newer.run, id: "run-2", startedAt: "2026-12-01T10:00:00Z" }
    const html = publicationFiles({ ...rest, runs: [...runs, published({ ...newer, run })] }).get(
      "index.html",
    )
    assert.match(html ?? "", /In a group of 16 devices:/)
  })

  test("shows of every claim what was seen, and a failed one as failed", () => {
    const html = String(files.get("protocols/sender-keys.html"))
    assert.match(
      html,
      /The past stays closed<\/td><td[^>]*>yes<\/td><td[^>]*>nothing<\/td><td[^>]*>none<\/td>/,
    )
    assert.match(html, /The victim alone renews<\/td><td[^>]*>no<\/td><td[^>]*>8<\/td><td[^>]*>8<\/td>/)
    assert.match(html, /All renew<\/td>.*FAILED/)
    assert.match(String(files.get("protocols/stranger.html")), /does not know it/)
  })

  test("shows the cost formulas of a protocol on its page and on those of its operations, and nowhere else", () => {
    const shown = pagesOf(files).filter(([, html]) => /two-party n² − n<.*as claimed</.test(html))
    assert.deepEqual(
      shown.map(([path]) => path),
      ["operations/heal.html", "protocols/sender-keys.html"],
    )
  })

  test("is the same, byte for byte, from the same input", () => {
    assert.deepEqual([...publicationFiles(fixturePublication())], [...files])
  })
})

test("pictures and raw samples are those that the data page leads to", async () => {
  const document = fixtureDocument({ operations: ["add"], sizes: [4], timed: "counted only" })
  const { runs: _runs, ...rest } = fixturePublication()
  const publication = { ...rest, runs: [{ ...published(document), samples: Uint8Array.of(1) }] }
  const html = publicationFiles(publication).get("data.html") ?? ""
  assert.deepEqual(
    targetsOf("data.html", html)
      .filter((path) => /^figures|gz$/.test(path))
      .toSorted(),
    [...(await publicationBinaries(publication)).keys()].toSorted(),
  )
})

test("what a results file holds is text on every page, and leads out of no folder", () => {
  const hostile = `../../x"><img src=x onerror=alert(1)></script>`
  const { runs, ...rest } = fixturePublication()
  const [first] = runs
  assert.ok(first !== undefined)
  const cells = first.document.cells.map((cell) => ({ ...cell, protocol: hostile, channel: hostile }))
  const run = { ...first.document.run, id: hostile }
  const files = publicationFiles({
    ...rest,
    runs: [{ ...first, document: { ...first.document, run, cells } }],
  })
  for (const [path, html] of pagesOf(files)) assert.doesNotMatch(html, /<img src=x|<\/script>"/, path)
  for (const path of files.keys()) assert.doesNotMatch(path, /\.\.|["<>]/)
})
