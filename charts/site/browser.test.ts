/** The site as a reader has it: in a real browser, cut off from everything else. */
import assert from "node:assert/strict"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { after, before, describe, test } from "node:test"
import { pathToFileURL } from "node:url"
import type { AxeResults } from "axe-core"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { drawn, launch, ORIGIN, reader, visit, withoutBrowser } from "./browser-fixture.ts"
import { publicationFiles } from "./publication.ts"
import { fixturePublication } from "./site-fixture.ts"

const files = publicationFiles(fixturePublication())
/** One of each kind. */
const PAGES = [
  ...["index.html", "operations/heal.html", "operations/message.html", "operations/throughput.html"],
  ...["protocols/sender-keys.html", "how-it-works.html", "method.html", "measures.html", "data.html"],
]
const SCREEN = { width: 1100, height: 900 }
const PHONE = { width: 360, height: 740 }
const HEAL = `${ORIGIN}operations/heal.html`

describe("in a browser", { skip: withoutBrowser }, () => {
  let browser: Browser
  /** For tests that leave nothing in the browser: one context, so that it compiles the libraries once. */
  let anyone: BrowserContext
  before(async () => {
    browser = await launch()
    anyone = await reader(browser, files)
  })
  after(async () => {
    await browser.close()
  })

  test("every chart is drawn, on a screen and on a phone, where no page scrolls sideways", async () => {
    const { page, complaints } = await visit(anyone)
    for (const path of PAGES) {
      await page.setViewportSize(SCREEN)
      await page.goto(ORIGIN + path)
      const hasChart = /^(index|operations)/.test(path)
      if (hasChart) assert.ok((await drawn(page)).points > 0, path)
      await page.setViewportSize(PHONE)
      if (hasChart)
        await page.waitForFunction(`document.querySelector("#chart svg").clientWidth < ${PHONE.width}`)
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), PHONE.width, path)
    }
    assert.deepEqual(complaints, [], "nothing complains, and nothing is asked of anybody else")
  })

  test("controls change what is drawn, told and tabled", async () => {
    const { page, complaints } = await visit(anyone)
    await page.goto(HEAL)
    const first = await drawn(page)
    assert.match(first.reading, /^Messages uploaded, whole group, at 16 devices: sender-keys 240; /)
    await page.getByLabel("pairwise").uncheck()
    assert.equal((await drawn(page)).points, first.points - 3)
    await chooser(page, "Show").selectOption("CPU time")
    await chooser(page, "of").selectOption("initiator")
    await chooser(page, "Suite").selectOption("noble")
    assert.match(
      (await drawn(page)).reading,
      /^CPU time \(ms\), initiator, at 16 devices: sender-keys 16 \[14\.4, 20\]/,
    )
    await page.getByText("This chart as a table").click()
    assert.match(
      await page.locator("#table").innerText(),
      /Devices\s+sender-keys\s+stranger\s+sender-keys\/2sm\n4\s+4 \[/,
    )
    assert.deepEqual(complaints, [])
  })

  test("linear axes begin at 0; logarithmic ones say whom they cannot show", async () => {
    const { page } = await visit(anyone)
    await page.goto(`${ORIGIN}operations/create.html`)
    const logarithmic = await drawn(page)
    assert.match(logarithmic.reading, /Zero, which a logarithmic axis cannot show: pairwise\.$/)
    await chooser(page, "Axes").selectOption("linear")
    const linear = await drawn(page)
    assert.equal(linear.points, logarithmic.points + 3)
    assert.doesNotMatch(linear.reading, /Zero/)
    assert.equal(
      await page.locator("#chart .role-axis-label").nth(1).locator("text").first().textContent(),
      "0",
    )
  })

  test("the address keeps what was chosen, over a reload and on the way to another operation", async () => {
    const { page } = await visit(anyone)
    await page.goto(HEAL)
    await drawn(page)
    assert.equal(new URL(page.url()).search, "")
    await page.getByLabel("pairwise").uncheck()
    await chooser(page, "Show").selectOption("bytes uploaded")
    await chooser(page, "Axes").selectOption("linear")
    const chosen = await drawn(page)
    await page.reload()
    assert.deepEqual(await drawn(page), chosen)
    await page.getByRole("link", { name: "remove", exact: true }).click()
    assert.match(
      (await drawn(page)).reading,
      /^Bytes uploaded, whole group, at 16 devices: sender-keys 48,000; stranger 48,000/,
    )
    assert.equal(await page.getByLabel("pairwise").isChecked(), false)
  })

  test("what an address asks for and the page does not have is left as it is", async () => {
    const { page, complaints } = await visit(anyone)
    await page.goto(`${HEAL}?measure=nonsense&of=%3Cscript%3E&axes=linear&protocol=nobody`)
    assert.match((await drawn(page)).reading, /^Nothing to show/)
    assert.equal(await chooser(page, "Axes").inputValue(), "linear")
    assert.deepEqual(complaints, [])
  })

  test("a saved chart has a title, its run and a legend, which on the page stand around it", async () => {
    const { page } = await visit(anyone)
    await page.goto(HEAL)
    await drawn(page)
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save" }).click(),
    ])
    assert.equal(download.suggestedFilename(), "heal-messages-group.svg")
    const svg = readFileSync(await download.path(), "utf8")
    for (const words of ["Heal after a theft", "Messages uploaded, whole group", "Example CPU", ">pairwise<"])
      assert.ok(svg.includes(words), words)
  })

  test("a heal that did not heal is a cross, and says so", async () => {
    const { page } = await visit(anyone)
    await page.goto(`${HEAL}?protocol=stranger`)
    const { points, reading } = await drawn(page)
    assert.equal(points, 3)
    assert.match(reading, /stranger 240, not healed\.$/)
  })

  test("every control is reached with the Tab key and worked with the keyboard", async () => {
    const { page } = await visit(anyone)
    await page.goto(HEAL)
    await drawn(page)
    const reached = await tabbedThrough(page)
    const all = (await page.evaluate(FOCUSABLE)) as readonly string[]
    assert.deepEqual(
      all.filter((name) => !reached.includes(name)),
      [],
    )
    assert.equal(reached[0], "Skip to the content")
    await page.getByLabel("pairwise").focus()
    await page.keyboard.press("Space")
    assert.equal(await page.getByLabel("pairwise").isChecked(), false)
    await chooser(page, "Axes").focus()
    await page.keyboard.press("ArrowDown")
    assert.equal(await chooser(page, "Axes").inputValue(), "linear")
  })

  test("the theme follows the system until the button is pressed, and then on every page", async () => {
    const { page } = await visit(await reader(browser, files, { colorScheme: "dark" }))
    await page.goto(HEAL)
    await drawn(page)
    assert.equal(await background(page), "rgb(13, 17, 23)")
    assert.equal(await page.locator("#chart .role-axis-label text").first().getAttribute("fill"), "#9da7b3")
    await page.getByRole("button", { name: "Light theme" }).click()
    await drawn(page)
    assert.equal(await background(page), "rgb(255, 255, 255)")
    assert.equal(await page.locator("#chart .role-axis-label text").first().getAttribute("fill"), "#59636e")
    await page.goto(`${ORIGIN}method.html`)
    assert.equal(await background(page), "rgb(255, 255, 255)")
  })

  test("axe has nothing to complain about, nor about the contrast on dark", async () => {
    const { page } = await visit(anyone)
    for (const path of [
      "index.html",
      "operations/heal.html",
      "how-it-works.html",
      "protocols/sender-keys.html",
    ]) {
      await page.goto(ORIGIN + path)
      await page.evaluate(AXE)
      assert.deepEqual(await axeComplaints(page, 'axe.run({ resultTypes: ["violations"] })'), [], path)
      await page.emulateMedia({ colorScheme: "dark" })
      assert.deepEqual(await axeComplaints(page, 'axe.run({ runOnly: ["color-contrast"] })'), [], path)
      await page.emulateMedia({ colorScheme: "light" })
    }
  })

  test("a copy on a disk works without a server, its address included", async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "site-"))
    t.after(() => rmSync(folder, { recursive: true }))
    for (const [path, content] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content)
    }
    const { page, complaints } = await visit(await reader(browser, new Map()))
    await page.goto(pathToFileURL(join(folder, "operations/heal.html")).href)
    await drawn(page)
    await chooser(page, "Axes").selectOption("linear")
    await page.reload()
    assert.equal(await chooser(page, "Axes").inputValue(), "linear")
    assert.ok((await drawn(page)).points > 0)
    assert.deepEqual(complaints, [])
  })
})

const chooser = (page: Page, name: string) => page.getByRole("combobox", { name, exact: true })

const background = (page: Page) => page.evaluate("getComputedStyle(document.body).backgroundColor")

/** Names for what can be focused, the same for the list of all and for where the Tab key leads. */
const NAME = `(e) => e.ariaLabel || (e.name ?? "") + (e.value ?? "") || e.textContent.trim()`
const FOCUSABLE = `[...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary, [tabindex='0']")]
  .filter((e) => e.checkVisibility()).map((e) => (${NAME})(e))`

async function tabbedThrough(page: Page): Promise<readonly string[]> {
  const reached: string[] = []
  for (;;) {
    await page.keyboard.press("Tab")
    const name = (await page.evaluate(
      `document.activeElement === document.body ? "" : (${NAME})(document.activeElement)`,
    )) as string
    if (name === "" || reached.length > 100) return reached
    reached.push(name)
  }
}

const AXE = readFileSync(new URL(import.meta.resolve("axe-core")), "utf8")

async function axeComplaints(page: Page, call: string): Promise<readonly string[]> {
  const { violations } = (await page.evaluate(call)) as AxeResults
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)
}
