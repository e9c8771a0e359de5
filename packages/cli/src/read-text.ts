import { readFileSync } from "node:fs";
import { TroupeError } from "@troupe/core";

/**
 * What a text file of the input holds: UTF-8, or UTF-16 that begins with its mark; a mark is no part of it. `-` is stdin.
 * @throws TroupeError `INPUT_UNREADABLE` for a file that is not there, or holds no text
 */
export async function readText(file: string, field: string, hint = "Check the path."): Promise<string> {
  const bytes = file === "-" ? await stdin() : bytesOf(file, field, hint);
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch {
    // Told below.
  }
  throw new TroupeError("INPUT_UNREADABLE", `A file of the input holds no text in ${encoding.toUpperCase()}`, {
    file,
    field,
    hint: "Save it as UTF-8. A picture, a recording or a document goes into a field that takes one, by its path without @.",
  });
}

function bytesOf(file: string, field: string, hint: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "is not there" : code === "EISDIR" ? "is a folder" : `cannot be read: ${code}`;
    throw new TroupeError("INPUT_UNREADABLE", `A file of the input ${why}`, {
      file,
      field,
      hint,
      cause,
    });
  }
}

async function stdin(): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
