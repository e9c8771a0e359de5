import { createHash } from "node:crypto";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { TroupeError } from "../graph/error.js";
import { extensionOf } from "./media-type.js";

/** Keeps bytes, once a hash, and gives their path. `extension` is without a dot and may be empty. */
export type StoreBytes = (bytes: Uint8Array, hash: string, extension: string) => Promise<string>;

const url = /^[a-z][a-z0-9+.-]+:\/\/|^data:/i;

/**
 * The file a path, URL or some bytes stand for. What is not yet a file of its own is kept by `store`, by default in a temporary folder.
 * Throws MEDIA_EMPTY, MEDIA_MISSING for an empty path, MEDIA_UNREACHABLE.
 */
export async function fileOf(source: string | URL | Uint8Array, store: StoreBytes = keep, signal?: AbortSignal): Promise<string> {
  if (source instanceof Uint8Array) return kept(source, await extensionOf(source), store, "the bytes given");
  if (typeof source === "string" && !url.test(source) && !/^file:/i.test(source)) {
    if (source !== "") return resolve(source);
    throw new TroupeError("MEDIA_MISSING", "The path of a medium is empty", { hint: "Give the path of a file, a URL or bytes." });
  }
  const name = named(String(source));
  const unreachable = (why: string, cause?: unknown) =>
    new TroupeError("MEDIA_UNREACHABLE", `A medium cannot be fetched: ${why}`, {
      file: name,
      hint: "Check the address (http, https, file and data URLs are opened), or fetch it yourself and give a path.",
      cause,
    });
  try {
    const address = new URL(source);
    if (address.protocol === "file:") return fileURLToPath(address);
    const answer = await fetch(address, { signal: signal ?? null });
    if (!answer.ok) throw unreachable(`the server answers ${answer.status} ${answer.statusText}`.trim());
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const extension = (await extensionOf(bytes)) || extname(address.protocol === "data:" ? "" : address.pathname).slice(1);
    return await kept(bytes, extension, store, name);
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    if (cause instanceof TroupeError) throw cause;
    const root = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
    throw unreachable(root instanceof Error ? root.message : String(root), cause);
  }
}

async function kept(bytes: Uint8Array, extension: string, store: StoreBytes, name: string): Promise<string> {
  if (bytes.length === 0)
    throw new TroupeError("MEDIA_EMPTY", "A medium has no bytes", { file: name, hint: "Give one that is not empty." });
  const safe = /^[a-z0-9]{1,8}$/i.test(extension) ? extension : "";
  return resolve(await store(bytes, `sha256:${createHash("sha256").update(bytes).digest("hex")}`, safe));
}

const keep: StoreBytes = async (bytes, _hash, extension) => {
  const path = join(await mkdtemp(join(tmpdir(), "troupe-media-")), extension ? `bytes.${extension}` : "bytes");
  await writeFile(path, bytes);
  return path;
};

/** How messages call a URL: short, and without what may be secret in it. */
function named(source: string): string {
  return /^data:/i.test(source) ? source.slice(0, 40) : source.replace(/\/\/[^/@]*@/, "//").replace(/[?#].*/s, "");
}
