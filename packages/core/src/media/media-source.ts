import { extname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { TroupeError } from "../error/error.js";
import { limitCrossed } from "../limits/limit-crossed.js";
import type { Limits } from "../limits/limits.js";
import type { Trust } from "../limits/trust.js";
import { trustedPath } from "../limits/trusted-path.js";
import { type BytesStore, hashOfBytes } from "./bytes-store.js";
import { fetchBytes, unreachable } from "./fetch-media.js";
import { extensionOf } from "./media-type.js";

/** What media are opened with. */
export interface Opening {
  readonly limits: Limits;
  readonly trust: Trust;
  /** Keeps what is not a file yet. */
  readonly store: BytesStore;
  readonly signal?: AbortSignal | undefined;
}

const url = /^[a-z][a-z0-9+.-]+:\/\/|^(data|file):/i;

/**
 * The file a path, URL or some bytes stand for. What is not yet a file of its own is kept by the store.
 * @throws TroupeError `MEDIA_EMPTY`, `MEDIA_MISSING` for an empty path, `MEDIA_UNREACHABLE`, `MEDIA_UNTRUSTED`, `LIMIT_CROSSED`
 */
export async function fileOf(source: string | URL | Uint8Array, opening: Opening): Promise<string> {
  if (source instanceof Uint8Array) return kept(source, await extensionOf(source), opening, "the bytes given");
  if (source === "")
    throw new TroupeError("MEDIA_MISSING", "The path of a medium is empty", { hint: "Give the path of a file, a URL or bytes." });
  if (typeof source === "string" && !url.test(source)) return fileAt(source, opening);
  const text = String(source);
  const name = named(text);
  if (/^data:/i.test(text)) return kept(await bytesOf(text, name, opening), undefined, opening, name);
  const address = URL.canParse(text) ? new URL(text) : undefined;
  if (!address) throw unreachable("the address is none", name);
  if (address.protocol === "file:") return fileAt(pathOf(address, name), opening);
  const bytes = await fetchBytes(address, name, opening);
  return kept(bytes, (await extensionOf(bytes)) || extname(address.pathname).slice(1), opening, name);
}

/** A path's real path, where it lies in a trusted folder. @throws TroupeError `MEDIA_UNTRUSTED` */
export async function fileAt(path: string, { trust }: Pick<Opening, "trust">): Promise<string> {
  const real = await trustedPath(path, trust);
  if (real !== undefined) return real;
  throw new TroupeError("MEDIA_UNTRUSTED", "A file is not opened: it does not lie in a trusted folder, or is hidden there", {
    file: resolve(path).slice(0, 300),
    hint: `Trusted is ${trust.folders.join(", ") || "none"}. Name the file's folder, or open the file yourself with openMedia: trust: { folders: ["…"] }.`,
  });
}

function pathOf(address: URL, name: string): string {
  try {
    return fileURLToPath(address);
  } catch (cause) {
    throw unreachable((cause as Error).message, name, cause);
  }
}

async function bytesOf(data: string, name: string, { limits }: Opening): Promise<Uint8Array> {
  // Four characters of base64 are three bytes, and nothing is shorter.
  if (data.length * 0.75 - 100 > limits.mediaBytes) throw limitCrossed("mediaBytes", limits, "A data URL of more bytes", { file: name });
  try {
    return new Uint8Array(await (await fetch(data)).arrayBuffer());
  } catch (cause) {
    throw unreachable("the data URL is damaged", name, cause);
  }
}

async function kept(bytes: Uint8Array, extension: string | undefined, { limits, store }: Opening, name: string): Promise<string> {
  if (bytes.length === 0)
    throw new TroupeError("MEDIA_EMPTY", "A medium has no bytes", { file: name, hint: "Give one that is not empty." });
  if (bytes.length > limits.mediaBytes)
    throw limitCrossed("mediaBytes", limits, `A medium of ${bytes.length.toLocaleString("en")} bytes`, { file: name });
  const ending = extension ?? (await extensionOf(bytes));
  return resolve(await store.store(bytes, hashOfBytes(bytes), /^[a-z0-9]{1,8}$/i.test(ending) ? ending : ""));
}

/** How messages call a URL: short, and without what may be secret in it. */
function named(source: string): string {
  return /^data:/i.test(source)
    ? source.slice(0, 40)
    : source
        .slice(0, 500)
        .replace(/\/\/[^/@]*@/, "//")
        .replace(/[?#].*/s, "");
}
