import { open } from "node:fs/promises";

/** Bytes that are looked at, at the most; a container tells its tracks in its first ones and its last. */
const most = 4_000_000;

/** Whether a container (Matroska, MPEG-4, AVI, …) has tracks of sound and none of pictures. False where what it has cannot be told. */
export async function holdsOnlySound(path: string): Promise<boolean> {
  const { default: mediaInfo } = await import("mediainfo.js");
  const [info, file] = await Promise.all([mediaInfo({ format: "object" }), open(path)]);
  try {
    const { size } = await file.stat();
    let left = most;
    const { media } = await info.analyzeData(size, async (length, offset) => {
      const { buffer, bytesRead } = await file.read(new Uint8Array(Math.min(length, left)), 0, undefined, offset);
      left -= bytesRead;
      return buffer.subarray(0, bytesRead);
    });
    const kinds = new Set(media?.track.map((track) => track["@type"]));
    return kinds.has("Audio") && !kinds.has("Video");
  } catch {
    return false;
  } finally {
    info.close();
    await file.close();
  }
}
