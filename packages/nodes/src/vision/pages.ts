import { readFile } from "node:fs/promises";
import { type Limits, limitCrossed, type Media, TroupeError } from "@troupe/core";
import type { SharpOptions } from "sharp";
import { decoded } from "./decoded.js";
import { type Picture, pictureOf } from "./picture.js";

export interface Page extends Picture {
  /** Counted from 1. */
  readonly number: number;
  readonly of: number;
}

interface Bounds {
  readonly limits: Limits;
  readonly signal: AbortSignal;
}

const pictures = /^image\/(png|jpeg|webp|gif|tiff|avif)$/;

/**
 * The pages of a PDF, a TIFF or a picture, one after the other, each decoded when it is asked for. Their number and size are held to the
 * limits before they are decoded.
 *
 * Throws IMAGE_UNREADABLE with what is wrong and on which page, LIMIT_CROSSED, and the signal's reason.
 */
export async function* pagesOf(medium: Media, bounds: Bounds): AsyncGenerator<Page> {
  const { path, type } = medium;
  let [number, of] = [0, 1];
  try {
    const bytes = await readFile(path, { signal: bounds.signal });
    if (bytes.length === 0) throw new Error("it is empty");
    const file = /^(application\/pdf|image\/bmp)$/.test(type)
      ? await decodedPages(bytes, type, bounds)
      : await picturePages(bytes, type, bounds);
    of = file.pages;
    try {
      if (of > bounds.limits.pages) throw limitCrossed("pages", bounds.limits, `A document of ${of} pages`);
      if (of < 1) throw new Error("it has no pages");
      for (number = 1; number <= of; number++) {
        const picture = await file.page(number - 1);
        bounds.signal.throwIfAborted();
        yield { ...picture, number, of };
      }
    } finally {
      file.close();
    }
  } catch (error) {
    if (bounds.signal.aborted) throw bounds.signal.reason;
    if (!(error instanceof TroupeError)) throw unreadable(medium, (error as Error).message, { number, of }, error);
    throw error.code === "LIMIT_CROSSED" ? error.placed({ file: path }) : error;
  }
}

/** The error that a page is not read, and why. */
export function unreadable(
  { path, type }: Media,
  why: string,
  { number, of }: { number: number; of: number },
  cause?: unknown,
): TroupeError {
  const what = of > 1 && number ? `Page ${number} of ${of} of ${type}` : `A picture of ${type}`;
  return new TroupeError("IMAGE_UNREADABLE", `${what} cannot be read: ${why}`, {
    file: path,
    hint: "Give a whole PDF, PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP file, of pages that are sharp and upright.",
    cause,
  });
}

interface Paged {
  readonly pages: number;
  page(number: number): Promise<Picture>;
  close(): void;
}

async function decodedPages(bytes: Uint8Array, type: string, bounds: Bounds): Promise<Paged> {
  const [{ default: sharp }, file] = await Promise.all([import("sharp"), decoded(bytes, type, bounds)]);
  const page = async (number: number) => {
    const { data, width, height } = await file.page(number);
    const raw = { width, height, channels: 1 } as const;
    return pictureOf(sharp(data, { raw, limitInputPixels: false }), raw, bounds.limits.cpuMs);
  };
  return { ...file, page };
}

async function picturePages(bytes: Uint8Array, type: string, { limits }: Bounds): Promise<Paged> {
  if (!pictures.test(type)) throw new Error("its format is not known");
  const { default: sharp } = await import("sharp");
  // Whole, or not at all; how many pixels is looked at by us, in the head.
  const options: SharpOptions = { failOn: "error", limitInputPixels: false };
  const headOf = async (page: number) => {
    const { width, height, pages = 1 } = await sharp(bytes, { ...options, page }).metadata();
    if (width * height > limits.pixels)
      throw limitCrossed("pixels", limits, `A picture of ${(width * height).toLocaleString("en")} pixels`);
    return { width, height, pages };
  };
  const { pages } = await headOf(0);
  if (pages > 1 && type !== "image/tiff") throw new Error(`it is a row of ${pages} pictures`);
  const page = async (number: number) => {
    const head = await headOf(number);
    return pictureOf(sharp(bytes, { ...options, page: number }).autoOrient(), head, limits.cpuMs);
  };
  return { pages, page, close: () => undefined };
}
