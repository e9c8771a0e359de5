import { stat } from "node:fs/promises";
import { basename, extname } from "node:path";
import { temporaryStore } from "#temporary-store";
import { TroupeError } from "../error/error.js";
import { stoppable } from "../error/stoppable.js";
import { limitCrossed } from "../limits/limit-crossed.js";
import { type Limits, limitsOf } from "../limits/limits.js";
import { type Trust, trustOf } from "../limits/trust.js";
import { trustedPath } from "../limits/trusted-path.js";
import { isOwnMedia, ownMedia } from "../schema/own-media.js";
import { type BytesStore, hashOfFile } from "./bytes-store.js";
import { imagePixels } from "./image-pixels.js";
import { isMedia, type Media, type MediaKind, type MediaSource, refusalOf } from "./media.js";
import { fileAt, fileOf, type Opening } from "./media-source.js";
import { mediaType } from "./media-type.js";

/** How a medium is opened; what is not given has its default. */
export interface OpenOptions {
  readonly limits?: Partial<Limits>;
  readonly trust?: Partial<Trust>;
  /** Keeps bytes and downloads. Default: a folder for temporary files that goes with the process. */
  readonly store?: BytesStore;
  readonly signal?: AbortSignal | undefined;
}

const temporary = temporaryStore();

/**
 * Opens a medium: a path (relative to the working directory), a file, http, https or data URL, bytes, or a medium opened before, whose
 * bytes must still be the same. Paths and addresses are held to `trust` (by default: files in the working directory that are not hidden,
 * public hosts), whatever is opened to `limits`. The handle is the program's own: a run takes it as it is, wherever the file lies.
 *
 * In a specialist give `ctx.limits`, `ctx.trust` and `ctx.signal`.
 *
 * @throws TroupeError `MEDIA_MISSING`, `MEDIA_EMPTY`, `MEDIA_KIND` (`expected audio, got text/plain`), `MEDIA_CHANGED`,
 * `MEDIA_UNREACHABLE`, `MEDIA_UNTRUSTED`, `LIMIT_CROSSED`, `ABORTED` or `TIMEOUT` once the signal is aborted
 * @example const memo = await openMedia("audio", "/srv/uploads/memo.wav", { trust: { folders: ["/srv/uploads"] } });
 */
export function openMedia<K extends MediaKind>(kind: K, source: MediaSource<K>, options: OpenOptions = {}): Promise<Media<K>> {
  return stoppable("openMedia", options.signal, () => opened(kind, source, options));
}

async function opened<K extends MediaKind>(kind: K, source: MediaSource<K>, options: OpenOptions): Promise<Media<K>> {
  const { store = temporary, signal } = options;
  const opening: Opening = { limits: limitsOf(options.limits), trust: trustOf(options.trust), store, signal };
  const path = isMedia(source) ? await placeOf(source, opening) : await fileOf(source as string | URL | Uint8Array, opening);
  const found = await look(kind, path, opening.limits);
  if (isMedia(source) && source.hash !== found.hash) {
    throw new TroupeError("MEDIA_CHANGED", "A file is no longer what it was when it was opened", {
      file: path,
      hint: "Put the file back as it was, or start a new run with the file as it is now. Code that writes several media gives each a file of its own.",
    });
  }
  return ownMedia(found);
}

/** Whether a medium lies where it may be named by anyone: in a trusted folder, or in the store. */
export async function isPlaced({ path, hash }: Media, { trust, store }: Pick<Opening, "trust" | "store">): Promise<boolean> {
  return (await trustedPath(path, trust)) !== undefined || (await store.find(hash, extname(path).slice(1))) === path;
}

async function placeOf(medium: Media, opening: Opening): Promise<string> {
  const own = isOwnMedia(medium);
  const kept = own ? await keptPlace(medium, opening.store) : await opening.store.find(medium.hash, extname(medium.path).slice(1));
  if (kept !== undefined && (kept === medium.path || isNamedForHash(medium))) return kept;
  return own ? medium.path : fileAt(medium.path, opening);
}

/** A store names files for their hashes. */
const isNamedForHash = ({ path, hash }: Media) => `sha256:${basename(path, extname(path))}` === hash;

/**
 * Where a store has a medium that it kept, or that another did which it is a copy of: a journal may be moved with its bytes. Undefined for
 * what was never kept, or is kept there no more.
 */
export async function keptPlace(medium: Media, store: Pick<BytesStore, "find">): Promise<string | undefined> {
  return isNamedForHash(medium) ? store.find(medium.hash, extname(medium.path).slice(1)) : undefined;
}

async function look<K extends MediaKind>(kind: K, path: string, limits: Limits): Promise<Media<K>> {
  try {
    const info = await stat(path);
    // A device or a pipe may never end.
    if (!info.isFile()) throw wrongKind(refusalOf(kind, info.isDirectory() ? "a folder" : "no regular file") ?? "expected a file", path);
    if (info.size === 0) throw new TroupeError("MEDIA_EMPTY", "A file is empty", { file: path, hint: "Give one that is not empty." });
    if (info.size > limits.mediaBytes)
      throw limitCrossed("mediaBytes", limits, `A medium of ${info.size.toLocaleString("en")} bytes`, { file: path });
    const hash = await hashOfFile(path);
    const type = await mediaType(path);
    const refusal = refusalOf(kind, type);
    if (refusal) throw wrongKind(refusal, path);
    const pixels = type.startsWith("image/") ? await imagePixels(path) : undefined;
    if (pixels !== undefined && pixels > limits.pixels)
      throw limitCrossed("pixels", limits, `An image of ${pixels.toLocaleString("en")} pixels`, { file: path });
    return { path, type, hash };
  } catch (cause) {
    if (cause instanceof TroupeError) throw cause;
    const { code = "" } = cause as NodeJS.ErrnoException;
    const missing = ["ENOENT", "ENOTDIR", "ENAMETOOLONG"].includes(code);
    throw new TroupeError("MEDIA_MISSING", missing ? "There is no such file" : `A file cannot be read: ${code || cause}`, {
      file: path.slice(0, 300),
      hint: "Check the path; a relative one starts at the working directory.",
      cause,
    });
  }
}

const wrongKind = (refusal: string, file: string) =>
  new TroupeError("MEDIA_KIND", `A medium is of another kind: ${refusal}`, { file, hint: "Give a file of the kind expected here." });
