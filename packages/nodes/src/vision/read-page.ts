import { media, specialist } from "@troupe/core";
import { z } from "zod";
import { needs } from "../peer.js";
import { pagesOf, unreadable } from "./pages.js";
import { readLines } from "./read-lines.js";
import { openReader } from "./tesseract.js";

/**
 * Confidence from 0 to 100 under which what was read is not what is written; a page at the edge of legibility has 70. Letters that had to
 * be scaled up are taken for others more easily than is told.
 */
const legible = { plain: 55, small: 80 };

/**
 * Reads the text of a page, of a photograph of one, or of all pages of a PDF or a TIFF, with an empty line between them: English, by
 * Tesseract with its packaged data; nothing is fetched. A PDF is read as it looks, so that its text is what a
 * person sees. A page may be tilted by up to 8 degrees, lie on a side or upside down. Rows stay rows, a line each. A blank page gives an empty text.
 *
 * Throws IMAGE_UNREADABLE for a file that is empty, damaged or of a format that is not known, and for a page that is not legible;
 * LIMIT_CROSSED for one of more pixels or pages than the run's limits allow, or that takes too long to read; PACKAGE_MISSING where
 * tesseract.js, its English data, sharp or, for a PDF, @hyzyla/pdfium is not installed.
 */
export const readPage = specialist({
  name: "readPage",
  does: "Reads the text of a photographed or scanned page, such as a receipt, a letter or a form, or of a PDF",
  input: z.object({ page: media.page() }),
  output: z.object({ text: z.string().describe("What is written on the page, line by line") }),
  async run({ page: medium }, ctx) {
    const { limits, signal } = ctx;
    needs("tesseract.js", "@tesseract.js-data/eng", "sharp", ...(medium.type === "application/pdf" ? (["@hyzyla/pdfium"] as const) : []));
    let at = { number: 1, of: 1 };
    const progress = (part: number) =>
      ctx.progress(at.of > 1 ? `reads page ${at.number} of ${at.of}` : "reads the page", (at.number - 1 + part) / at.of);
    const reader = openReader({ limits, signal, progress });
    const texts: string[] = [];
    ctx.worked("tesseract");
    try {
      for await (const page of pagesOf(medium, { limits, signal })) {
        at = page;
        const { lines, confidence, blank, small } = await readLines(reader, page, limits.pixels);
        if (!blank && (!lines.length || confidence < (small ? legible.small : legible.plain)))
          throw unreadable(medium, `what is on it is not legible (confidence ${confidence} of 100)`, page);
        if (!blank) texts.push(lines.join("\n"));
      }
    } finally {
      reader.close();
    }
    return { text: texts.join("\n\n") };
  },
});
