import { open, readFile } from "node:fs/promises";

/** Bytes in which nearly every picture says its size. */
const head = 65_536;

/** Width times height as a picture's head says them, before anything is unpacked; undefined where it says none that is understood. */
export async function imagePixels(path: string): Promise<number | undefined> {
  const { imageSize } = await import("image-size");
  const sizeIn = (bytes: Uint8Array) => {
    try {
      const { width, height, images = [] } = imageSize(bytes);
      return Math.max(width * height, ...images.map((one) => one.width * one.height));
    } catch {
      return undefined;
    }
  };
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(head), 0, head, 0);
    // A long profile or preview may come first.
    return sizeIn(buffer.subarray(0, bytesRead)) ?? (bytesRead < head ? undefined : sizeIn(await readFile(path)));
  } finally {
    await file.close();
  }
}
