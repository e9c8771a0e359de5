import type { z } from "zod";
import { object, string } from "zod";

export type MediaKind = "audio" | "image" | "page" | "file";

declare const kind: unique symbol;

/** A handle on audio, an image, a page or a file. Journals keep the path and the hash, never the bytes. */
export interface Media<K extends MediaKind = any> {
  /** Absolute path. */
  readonly path: string;
  /** MIME type, told from the bytes. */
  readonly type: string;
  /** `sha256:` and the bytes' hash in hex. */
  readonly hash: string;
  /** Only for types. */
  readonly [kind]?: K;
}

/** What may stand where a kind is taken: an image is a page, and everything is a file. */
interface Kinds {
  readonly audio: "audio";
  readonly image: "image";
  readonly page: "page" | "image";
  readonly file: MediaKind;
}

const accepts: Record<MediaKind, RegExp> = {
  audio: /^audio\//,
  image: /^image\//,
  page: /^(image\/|application\/pdf$)/,
  file: /\//,
};

/** Why a type cannot stand for a kind (`expected audio, got text/plain`), or undefined where it can. */
export function refusalOf(kind: MediaKind, type: string): string | undefined {
  if (accepts[kind].test(type)) return undefined;
  return `expected ${called(kind)}, got ${type}`;
}

const called = (kind: MediaKind) => (kind === "audio" ? "audio" : `${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind}`);

/** What may stand for a medium in a run's input: the host opens paths, URLs and bytes before anything runs. */
export type MediaSource<K extends MediaKind = any> = Media<K> | string | URL | Uint8Array;

/** JSON Schema says the kind as `x-media`, so that checks, planners and model cards know it. */
function schemaOf<K extends MediaKind>(name: K): z.ZodType<Media<Kinds[K]>, MediaSource<Kinds[K]>> {
  const error = `expected ${called(name)}: what openMedia gives, or where a run opens it a path, a URL or a Uint8Array of its bytes`;
  const missing = (what: string) => ({ error: ({ input }: { input?: unknown }) => (input === undefined ? what : undefined) });
  const shape = {
    path: string(missing(error)),
    type: string(missing("missing")).regex(accepts[name], { error: (issue) => refusalOf(name, String(issue.input)) }),
    hash: string(missing("missing")),
  };
  return object(shape, { error }).meta({ "x-media": name }) as any;
}

/** Schemas of media. */
export const media = {
  audio: () => schemaOf("audio"),
  image: () => schemaOf("image"),
  page: () => schemaOf("page"),
  file: () => schemaOf("file"),
};

/** Whether a value has the form of a handle. Whether it is one that was opened, only opening it tells. */
export const isMedia = (value: unknown): value is Media =>
  isPlain(value) && [value.path, value.type, value.hash].every((part) => typeof part === "string");

/** Whether a value is an object as JSON has them. */
export const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
