import { breather } from "../../breather.js";
import { bicubic, type Picture } from "./bicubic.js";

/** What pictures are like, red, green and blue, as CLIP and BLIP take it. */
const mean = [0.48145466, 0.4578275, 0.40821073] as const;
const deviation = [0.26862954, 0.26130258, 0.27577711] as const;

/**
 * The numbers that BLIP sees of a picture in a file's bytes: three planes, `side` pixels squared. As in the reference it is pressed into
 * the square by Pillow's bicubic; before that it is upright, sRGB and on white. Of an animation it is the first frame.
 *
 * Rejects with what sharp says of a file that it does not read, and with the signal's reason.
 */
export async function pixelsOf(file: Uint8Array, side: number, signal?: AbortSignal): Promise<Float32Array> {
  const { default: sharp } = await import("sharp");
  const { data, info } = await sharp(file, { failOn: "error" })
    .autoOrient()
    .flatten({ background: "#fff" })
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  signal?.throwIfAborted();
  const square = await bicubic({ width: info.width, height: info.height, data }, side, side, breather(signal));
  return normalised(square);
}

/** In 32-bit steps, as the reference counts. */
function normalised({ width, height, data }: Picture): Float32Array {
  const { fround } = Math;
  const plane = width * height;
  const pixels = new Float32Array(3 * plane);
  for (const channel of [0, 1, 2] as const) {
    const [middle, spread] = [fround(mean[channel]), fround(deviation[channel])];
    for (let i = 0; i < plane; i++) pixels[channel * plane + i] = fround(fround(data[3 * i + channel]! / 255) - middle) / spread;
  }
  return pixels;
}
