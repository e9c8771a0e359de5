import { readFile } from "node:fs/promises";
import { type Limits, limitCrossed, type Media, TroupeError } from "@troupe/core";
import type { Sharp, SharpOptions } from "sharp";

/** Width and height in pixels, as it is looked at. */
interface Size {
  readonly width: number;
  readonly height: number;
}

/** An image as a model is sent it: PNG or JPEG, upright, on white, without anything that its file told beside its pixels. */
export interface SentImage extends Size {
  /** A data URL. */
  readonly url: string;
  /** What it was before it was scaled. */
  readonly of: Size;
  /** Of an animation, of which the first frame is sent. */
  readonly frames: number;
}

export interface SentImageOptions {
  /** Pixels of the longer side, at the most. */
  readonly side: number;
  /** Never JPEG. */
  readonly lossless: boolean;
  readonly limits: Limits;
}

const formats = /^image\/(png|jpeg|webp|gif|tiff|avif)$/;
const animations = /^image\/(png|webp|gif|avif)$/;
const lossy = /^image\/(jpeg|webp|avif)$/;

/**
 * Decodes an image whole and writes it anew for a model, scaled to `side` where it is larger; its aspect stays.
 *
 * Throws IMAGE_UNREADABLE, LIMIT_CROSSED.
 */
export async function sentImage({ path, type }: Media, { side, lossless, limits }: SentImageOptions): Promise<SentImage> {
  const unreadable = (why: string, cause?: unknown) =>
    new TroupeError("IMAGE_UNREADABLE", `An image of ${type} cannot be read: ${why}`, {
      file: path,
      hint: "Give a whole PNG, JPEG, WebP, GIF, AVIF or TIFF file of one picture.",
      cause,
    });
  if (!formats.test(type)) throw unreadable("its format is not known");
  try {
    const bytes = await readFile(path);
    const { default: sharp } = await import("sharp");
    // Whole, or not at all; how many pixels is looked at by us, in the head.
    const options: SharpOptions = { failOn: "error", limitInputPixels: false };
    const head = await sharp(bytes, options).metadata();
    const { pages: frames = 1 } = head;
    const of: Size = head.autoOrient;
    if (of.width * of.height > limits.pixels)
      throw limitCrossed("pixels", limits, `An image of ${(of.width * of.height).toLocaleString("en")} pixels`, { file: path });
    if (frames > 1 && !animations.test(type)) throw unreadable(`it has ${frames} pages`);
    const pipeline = sharp(bytes, options).autoOrient().flatten({ background: "#fff" });
    if (Math.max(of.width, of.height) > side) pipeline.resize({ width: side, height: side, fit: "inside" });
    const as = lossy.test(type) && !lossless ? "jpeg" : "png";
    const { data, info } = await written(pipeline, as)
      .timeout({ seconds: Math.min(3600, Math.ceil(limits.cpuMs / 1000)) })
      .toBuffer({ resolveWithObject: true });
    return { url: `data:image/${as};base64,${data.toString("base64")}`, width: info.width, height: info.height, of, frames };
  } catch (error) {
    if (error instanceof TroupeError) throw error;
    const says = (error as Error).message.trim();
    throw says.startsWith("timeout")
      ? limitCrossed("cpuMs", limits, "Decoding an image", { file: path, cause: error })
      : unreadable(says, error);
  }
}

const written = (pipeline: Sharp, as: "jpeg" | "png"): Sharp =>
  as === "jpeg" ? pipeline.jpeg({ quality: 90, chromaSubsampling: "4:4:4" }) : pipeline.png({ compressionLevel: 3 });
