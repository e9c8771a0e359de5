import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

/** Keeps bytes under their hash. `hash` is `sha256:` and hex, `extension` without a dot and may be empty. */
export interface BytesStore {
  /** Keeps bytes, once a hash, and gives their path. */
  store(bytes: Uint8Array, hash: string, extension: string): Promise<string>;
  /** The path of what is kept under a hash, its bytes looked at again; undefined where it is not kept, or is something else now. */
  find(hash: string, extension: string): Promise<string | undefined>;
}

/** A store in a folder, which is made when it is first written to. What it keeps is the user's own to read. */
export function bytesStore(folder: string): BytesStore {
  const pathOf = (hash: string, extension: string) => {
    const [, hex] = /^sha256:([0-9a-f]{64})$/.exec(hash) ?? [];
    return hex && /^[a-z0-9]{0,8}$/i.test(extension) ? join(folder, extension ? `${hex}.${extension}` : hex) : undefined;
  };
  const find: BytesStore["find"] = async (hash, extension) => {
    const path = pathOf(hash, extension);
    const info = path === undefined ? undefined : await lstat(path).catch(() => undefined);
    return info?.isFile() && (await hashOfFile(path!)) === hash ? path : undefined;
  };
  return {
    find,
    async store(bytes, hash, extension) {
      const path = pathOf(hash, extension)!;
      if (await find(hash, extension)) return path;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // Whole or not at all, whenever the process dies; in place of whatever else lies there.
      const part = `${path}.${randomUUID()}`;
      try {
        await writeFile(part, bytes, { flag: "wx", mode: 0o600 });
        await rename(part, path);
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
      return path;
    },
  };
}

/** `sha256:` and the hash of some bytes in hex. */
export const hashOfBytes = (bytes: Uint8Array): string => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

/** `sha256:` and the hash of a file's bytes in hex, read as a stream. */
export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return `sha256:${hash.digest("hex")}`;
}
