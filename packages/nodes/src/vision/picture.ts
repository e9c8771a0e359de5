import type { Sharp } from "sharp";
import { openBoxes } from "./open-boxes.js";

/** One page as it is read: grey, upright as far as its file tells, on white, its boxes open, at most `workable` pixels, no side longer than `longest`. */
export interface Picture {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Pixels above which more of them make a page no more legible: an A4 page has 8.7 million at 300 a inch. */
export const workable = 12_000_000;
/** Pixels of a side beyond which Tesseract reads nothing, and says nothing of it. */
export const longest = 32_000;
/** By how much of 255 ink stands out from what surrounds it; the part of a tile, of so many pixels squared, that is more than dust. */
const contrast = 48;
const tile = 64;
const dust = 0.015;

/** Ends a pipeline of sharp in a picture. Rejects with what sharp says of a damaged file, or of one that took longer than `ms`. */
export async function pictureOf(pipeline: Sharp, { width, height }: { width: number; height: number }, ms: number): Promise<Picture> {
  const scale = Math.min(Math.sqrt(workable / (width * height)), longest / Math.max(width, height));
  if (scale < 1)
    pipeline.resize({ width: Math.max(1, Math.floor(width * scale)), height: Math.max(1, Math.floor(height * scale)), fit: "fill" });
  const { data, info } = await pipeline
    .flatten({ background: "#fff" })
    .greyscale()
    .raw()
    .timeout({ seconds: Math.min(3600, Math.ceil(ms / 1000)) })
    .toBuffer({ resolveWithObject: true });
  openBoxes(data, info.width, info.height);
  const { default: sharp } = await import("sharp");
  const raw = { width: info.width, height: info.height, channels: 1 } as const;
  return {
    png: await sharp(data, { raw, limitInputPixels: false }).png({ compressionLevel: 1 }).toBuffer(),
    width: info.width,
    height: info.height,
  };
}

/** The same picture, so many times as wide and high. */
export async function enlarged({ png, width, height }: Picture, times: number): Promise<Picture> {
  const { default: sharp } = await import("sharp");
  const size = { width: Math.floor(width * times), height: Math.floor(height * times) };
  return {
    ...size,
    png: await sharp(png)
      .resize({ ...size, fit: "fill", kernel: "cubic" })
      .png({ compressionLevel: 1 })
      .toBuffer(),
  };
}

/** The same picture, turned clockwise. */
export async function onItsSide({ png, width, height }: Picture, degrees: 90 | 270): Promise<Picture> {
  const { default: sharp } = await import("sharp");
  return { width: height, height: width, png: await sharp(png).rotate(degrees).png({ compressionLevel: 1 }).toBuffer() };
}

/** Whether nothing is on a page but shadows, grain and dust. */
export async function isBlank({ png, width, height }: Picture): Promise<boolean> {
  const { default: sharp } = await import("sharp");
  const next = { compressionLevel: 1 };
  const around = await sharp(png).blur(8).png(next).toBuffer();
  const apart = await sharp(png)
    .composite([{ input: around, blend: "difference" }])
    .png(next)
    .toBuffer();
  const ink = await sharp(apart).greyscale().threshold(contrast).png(next).toBuffer();
  const tiles = { width: Math.ceil(width / tile), height: Math.ceil(height / tile), fit: "fill", kernel: "linear" } as const;
  const { channels } = await sharp(await sharp(ink).resize(tiles).png(next).toBuffer()).stats();
  return channels[0]!.max / 255 < dust;
}
