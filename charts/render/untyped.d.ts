/** What this project uses of packages that bring no types. */
declare module "subset-font" {
  /** @returns a font that has the glyphs of `text` alone */
  export default function subsetFont(
    font: Buffer,
    text: string,
    options: { readonly targetFormat: "truetype" | "woff" | "woff2" },
  ): Promise<Buffer>
}

declare module "svg-to-pdfkit" {
  /** Draw an SVG into the page of a document; lengths in points. */
  export default function svgToPdf(
    document: PDFKit.PDFDocument,
    svg: string,
    x: number,
    y: number,
    options: {
      readonly width: number
      readonly height: number
      readonly assumePt: boolean
      readonly fontCallback: (family: string, bold: boolean) => string
      readonly warningCallback: (warning: string) => void
    },
  ): void
}
