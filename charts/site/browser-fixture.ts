/** A real browser for the tests of the site: Chromium, where the machine has one. */
import { existsSync } from "node:fs"
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core"

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]

const executable = [process.env.CHROMIUM ?? "", ...PLACES].find((path) => existsSync(path))

/** Why tests in a browser cannot run; false where they can. */
export const withoutBrowser: string | false =
  executable === undefined && `no Chromium at ${PLACES.join(", ")} or $CHROMIUM`

/** Few processes: to start one, and to compile the libraries in it, takes longer than to show a page. */
const FLAGS = ["--no-sandbox", "--disable-gpu", "--in-process-gpu", "--process-per-site"]

export async function launch(): Promise<Browser> {
  if (executable === undefined) throw new Error("ask `withoutBrowser` first")
  return await chromium.launch({ executablePath: executable, args: FLAGS })
}

/** A page of the site, and everything that went wrong in it or left it. */
export type Visit = { readonly page: Page; readonly complaints: string[] }

/** No such host exists: what is not among the files goes nowhere. */
export const ORIGIN = "http://site.test/"

/**
 * Somebody who has kept nothing yet of the site.
 *
 * @param files - by path, as if a web server had them at {@link ORIGIN}
 */
export async function reader(
  browser: Browser,
  files: ReadonlyMap<string, string>,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext(options)
  await context.route(`${ORIGIN}**`, (route) => {
    const path = new URL(route.request().url()).pathname.slice(1)
    const body = files.get(path)
    return body === undefined ? route.abort() : route.fulfill({ body, contentType: contentType(path) })
  })
  return context
}

/** Open a page without loading anything into it. */
export async function visit(context: BrowserContext): Promise<Visit> {
  const page = await context.newPage()
  const complaints: string[] = []
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`))
  page.on("pageerror", (error) => complaints.push(error.message))
  page.on("request", (request) => {
    if (!isOwn(request.url())) complaints.push(`asked for ${request.url()}`)
  })
  return { page, complaints }
}

const isOwn = (url: string): boolean => /^(http:\/\/site\.test\/|file:|data:|blob:)/.test(url)

const TYPES: Readonly<Record<string, string>> = { html: "text/html", css: "text/css", js: "text/javascript" }
const contentType = (path: string): string => TYPES[path.split(".").at(-1) ?? ""] ?? "text/plain"

/** Points in the chart, and beneath it in words, once it shows what its controls say. */
export async function drawn(page: Page): Promise<{ readonly points: number; readonly reading: string }> {
  const count = await page.locator("#chart[data-drawn]").getAttribute("data-drawn")
  const points = await page.locator("#chart :is(.points_marks, .crosses_marks) path").count()
  if (Number(count) !== points) throw new Error(`${points} points are drawn for ${count} rows`)
  return { points, reading: await page.locator("#reading").innerText() }
}
