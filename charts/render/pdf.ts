/** SVG text as a PDF of one page, fonts inside. */
import PDFDocument from "pdfkit"
import svgToPdf from "svg-to-pdfkit"
import { fontFile } from "./font-files.ts"

export type Page = {
  readonly title: string
  /** Points, 72 to the inch. */
  readonly width: number
  readonly height: number
  /** In the file; not the time of drawing, so that the same figure is the same file. */
  readonly createdAt: string
}

/** @throws Error where the SVG has what cannot be drawn */
export async function renderPdf(svg: string, { title, width, height, createdAt }: Page): Promise<Uint8Array> {
  const info = { Title: title, CreationDate: new Date(createdAt) }
  const document = new PDFDocument({ size: [width, height], margin: 0, info })
  document.registerFont("normal", fontFile("normal")).registerFont("bold", fontFile("bold"))
  const whole = collected(document)
  svgToPdf(document, solid(svg), 0, 0, {
    width,
    height,
    assumePt: true,
    fontCallback: (_family, bold) => (bold ? "bold" : "normal"),
    warningCallback: (warning) => {
      throw new Error(warning)
    },
  })
  document.end()
  return whole
}

/** A dash without a gap is how a chart writes a solid line, and an error in a PDF. */
const solid = (svg: string): string => svg.replaceAll(/ stroke-dasharray="[\d.]+,0"/g, "")

function collected(document: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  document.on("data", (chunk: Buffer) => chunks.push(chunk))
  return new Promise((resolve, reject) => {
    document.on("end", () => resolve(Buffer.concat(chunks)))
    document.on("error", reject)
  })
}
