import { open } from "node:fs/promises";
import { extname } from "node:path";
import { holdsOnlySound } from "./holds-only-sound.js";

/** Formats without a signature in their bytes. An extension is believed only where the bytes are text. */
const textTypes: Readonly<Record<string, string>> = {
  ".csv": "text/csv",
  ".htm": "text/html",
  ".html": "text/html",
  ".json": "application/json",
  ".md": "text/markdown",
  ".svg": "image/svg+xml",
  ".tsv": "text/tab-separated-values",
  ".xml": "application/xml",
  ".yaml": "application/yaml",
  ".yml": "application/yaml",
};
/** Bytes that are looked at to tell text from data. */
const sample = 65_536;

/**
 * MIME type of a file's bytes: by their signature, else text (by the name's extension, `text/plain` otherwise) where they are UTF-8
 * without control bytes, else `application/octet-stream`. The name alone is never believed. A container of films that holds sound only,
 * as browsers and phones record it, is audio: `audio/webm`, `audio/mp4`, `audio/3gpp`, `audio/quicktime`.
 */
export async function mediaType(path: string): Promise<string> {
  const { fileTypeFromFile } = await import("file-type");
  // A damaged file may end in the middle of what its signature promises.
  const told = await fileTypeFromFile(path).catch(() => undefined);
  const type = told?.mime.replace(/;.*/, "");
  if (type?.startsWith("video/") && (await holdsOnlySound(path))) return type.replace("video", "audio");
  if (type && type !== "application/xml") return type;
  const bytes = await head(path);
  // Apple's Core Audio, which file-type does not know.
  if (new TextDecoder("latin1").decode(bytes.subarray(0, 4)) === "caff") return "audio/x-caf";
  return isText(bytes) ? (textTypes[extname(path).toLowerCase()] ?? type ?? "text/plain") : "application/octet-stream";
}

/** The extension that goes with bytes whose name is not known, without the dot; empty where they have no signature. */
export async function extensionOf(bytes: Uint8Array): Promise<string> {
  const { fileTypeFromBuffer } = await import("file-type");
  return (await fileTypeFromBuffer(bytes).catch(() => undefined))?.ext ?? "";
}

async function head(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(sample), 0, sample, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function isText(bytes: Uint8Array): boolean {
  try {
    // `stream` lets the sample end within a character.
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return !text.includes("\0");
  } catch {
    return false;
  }
}
