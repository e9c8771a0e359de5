import { readFile } from "node:fs/promises";
import { media, specialist, TroupeError } from "@troupe/core";
import { z } from "zod";
import { readLines } from "./read-lines.js";
import { withTesseract } from "./tesseract.js";

/** Confidence from 0 to 100 under which what was read is not what is written; a page at the edge of legibility has 70. */
const legible = 55;

/**
 * Reads the text of a page or a photograph of one: English, by Tesseract with the data that is installed with this package; nothing is
 * fetched. A page may be tilted by up to 8 degrees, or upside down. Rows stay rows, a line each. A blank picture gives an empty text.
 *
 * Throws IMAGE_UNREADABLE for a picture that is empty, damaged, not legible or of a format Tesseract does not know, PAGE_TYPE for a PDF.
 */
export const readPage = specialist({
  name: "readPage",
  does: "Reads the text of a photographed or scanned page, such as a receipt, a letter or a form",
  input: z.object({ page: media.page() }),
  output: z.object({ text: z.string().describe("What is written on the page, line by line") }),
  async run({ page }, ctx) {
    if (page.type === "application/pdf") {
      throw new TroupeError("PAGE_TYPE", "A PDF cannot be read yet", {
        file: page.path,
        hint: "Give its pages as pictures (pdftoppm -png makes them).",
      });
    }
    const picture = await readFile(page.path, { signal: ctx.signal }).catch((cause) => refuse(page.path, String(cause), cause));
    if (picture.length === 0) refuse(page.path, "it is empty");
    ctx.worked("tesseract");
    const progress = (part: number) => ctx.progress("reads the page", part);
    const { lines, confidence } = await withTesseract(picture, { signal: ctx.signal, progress }, async (reader) => {
      try {
        return await readLines(reader);
      } catch (error) {
        if (error instanceof TroupeError || ctx.signal.aborted) throw error;
        return refuse(page.path, "Tesseract cannot open it", error);
      }
    });
    if (lines.length && confidence < legible) refuse(page.path, `what is on it is not legible (confidence ${confidence} of 100)`);
    return { text: lines.join("\n") };

    function refuse(file: string, why: string, cause?: unknown): never {
      if (ctx.signal.aborted) throw ctx.signal.reason;
      throw new TroupeError("IMAGE_UNREADABLE", `A picture of ${page.type} cannot be read: ${why}`, {
        file,
        hint: "Give a whole PNG, JPEG, WebP, GIF, TIFF or BMP file, of a page that is sharp and upright.",
        cause,
      });
    }
  },
});
