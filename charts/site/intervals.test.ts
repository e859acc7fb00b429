/** How a chart in the browser shows figures that are known only up to an interval. */
import assert from "node:assert/strict"
import { after, before, describe, test } from "node:test"
import type { Cell, ResultDocument } from "../../results/schema.ts"
import { drawn, launch, ORIGIN, reader, type Visit, visit, withoutBrowser } from "./browser-fixture.ts"
import { type Publication, publicationFiles } from "./publication.ts"
import { fixturePublication } from "./site-fixture.ts"

type Page = Visit["page"]

const TIMES = `${ORIGIN}operations/heal.html?measure=time&protocol=sender-keys&protocol=pairwise`

describe("intervals in a chart", { skip: withoutBrowser }, () => {
  let browser: Awaited<ReturnType<typeof launch>>
  before(async () => {
    browser = await launch()
  })
  after(async () => {
    await browser.close()
  })

  const chart = async (publication: Publication): Promise<Page> => {
    const { page } = await visit(await reader(browser, publicationFiles(publication)))
    await page.goto(TIMES)
    await drawn(page)
    return page
  }

  test("points of one size stand side by side, and the reader is told so", async () => {
    const page = await chart(fixturePublication())
    const places = await page.locator("#chart .points_marks path").evaluateAll(CENTRES)
    assert.equal(new Set(places).size, 6)
    assert.match(await note(page), /^Bars: 95 % intervals\. Points of one size stand side by side/)
  })

  test("counts have no intervals, and stand at their size", async () => {
    const page = await chart(fixturePublication())
    await page.getByRole("combobox", { name: "Show" }).selectOption("bytes uploaded")
    await drawn(page)
    const places = await page.locator("#chart .points_marks path").evaluateAll(CENTRES)
    assert.equal(new Set(places).size, 3)
    assert.equal(await note(page), "")
  })

  test("one wide interval does not squeeze the medians: its bar ends in an arrowhead, and that is said", async () => {
    const usual = await chart(fixturePublication())
    const wide = await chart(withWideInterval(fixturePublication()))
    assert.deepEqual([await arrowheads(usual), await arrowheads(wide)], [0, 1])
    assert.ok((await heightOf(wide)) > (await heightOf(usual)) / 2)
    assert.match(await note(wide), /An arrowhead: the interval goes on beyond the axis/)
    assert.doesNotMatch(await note(usual), /arrowhead/)
  })
})

const note = (page: Page): Promise<string> => page.locator("#bars").innerText()

type Box = { readonly x: number; readonly y: number; readonly width: number }
type Shape = { getBoundingClientRect(): Box }

const CENTRES = (shapes: readonly Shape[]) =>
  shapes.map((shape) => shape.getBoundingClientRect()).map(({ x, width }) => Math.round(x + width / 2))

const TOPS = (shapes: readonly Shape[]) => shapes.map((shape) => shape.getBoundingClientRect().y)

/** In pixels, from the lowest median to the highest. */
async function heightOf(page: Page): Promise<number> {
  const tops = await page.locator("#chart .points_marks path").evaluateAll(TOPS)
  return Math.max(...tops) - Math.min(...tops)
}

async function arrowheads(page: Page): Promise<number> {
  const { points } = await drawn(page)
  return (await page.locator("#chart .mark-symbol path").count()) - points
}

/** The time of one cell gets an upper end a thousand times its median. */
const withWideInterval = ({ runs, ...rest }: Publication): Publication => ({
  ...rest,
  runs: runs.map((run) => ({ ...run, document: withWideCells(run.document) })),
})

const withWideCells = (document: ResultDocument): ResultDocument => ({
  ...document,
  cells: document.cells.map((cell) => (isWide(cell) ? widened(cell) : cell)),
})

const isWide = ({ protocol, operation, groupSize }: Cell): boolean =>
  protocol === "pairwise" && operation === "heal" && groupSize === 8

function widened(cell: Cell): Cell {
  if (cell.sampled === null) return cell
  const { groupNs } = cell.sampled
  return { ...cell, sampled: { ...cell.sampled, groupNs: { ...groupNs, high: groupNs.median * 1000 } } }
}
