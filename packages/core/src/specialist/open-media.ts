import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { TroupeError } from "../graph/error.js";
import type { JsonSchema } from "../graph/json.js";
import { type Media, type MediaKind, type MediaSource, refusalOf } from "./media.js";
import { fileOf, type StoreBytes } from "./media-source.js";
import { mediaType } from "./media-type.js";

/**
 * Opens a medium: a path (relative to the working directory), a file, http, https or data URL, bytes, or a medium opened before, whose
 * bytes must still be the same. Bytes and downloads are kept by `store`.
 *
 * Throws MEDIA_MISSING, MEDIA_EMPTY, MEDIA_KIND (`expected audio, got text/plain`), MEDIA_CHANGED, MEDIA_UNREACHABLE.
 */
export async function openMedia<K extends MediaKind>(
  kind: K,
  source: MediaSource<K>,
  store?: StoreBytes,
  signal?: AbortSignal,
): Promise<Media<K>> {
  if (isMedia(source)) await verify(source);
  const path = isMedia(source) ? source.path : await fileOf(source as string | URL | Uint8Array, store, signal);
  const hash = await hashOfFile(path, kind);
  const type = await mediaType(path);
  const refusal = refusalOf(kind, type);
  if (refusal) throw wrongKind(refusal, path);
  return { path, type, hash };
}

/**
 * Opens every medium of a value: whatever stands where its JSON Schema says `x-media`, in objects, lists, records, tuples and unions.
 * The value is copied; what does not fit the schema is left as it is, for its validation to name.
 *
 * Throws what `openMedia` throws, with the field.
 */
export async function openAll(schema: JsonSchema, value: unknown, store?: StoreBytes, signal?: AbortSignal): Promise<unknown> {
  const open = async (kind: MediaKind, source: MediaSource, path: string) => {
    try {
      return await openMedia(kind, source, store, signal);
    } catch (error) {
      throw error instanceof TroupeError ? error.placed({ field: path }) : error;
    }
  };
  const walk = async (at: JsonSchema, found: unknown, path: string, definitions: Definitions): Promise<unknown> => {
    const defs = (at.$defs as Definitions | undefined) ?? definitions;
    const target = typeof at.$ref === "string" ? defs[at.$ref.replace("#/$defs/", "")] : undefined;
    if (target) return walk(target, found, path, defs);
    const kind = at["x-media"] as MediaKind | undefined;
    if (kind) return isSource(found) ? open(kind, found, path) : found;
    const choice = alternatives(at).find((one) => fits(one, found, defs));
    const walked = choice ? await walk(choice, found, path, defs) : found;
    const child = (part: JsonSchema | undefined, one: unknown, key: string | number) =>
      part ? walk(part, one, path ? `${path}.${key}` : String(key), defs) : one;
    if (Array.isArray(walked)) {
      const tuple = (at.prefixItems ?? []) as readonly JsonSchema[];
      return inOrder(walked, (one, i) => child(tuple[i] ?? at.items, one, i));
    }
    if (!isPlain(walked)) return walked;
    const rest = typeof at.additionalProperties === "object" ? (at.additionalProperties as JsonSchema) : undefined;
    const parts = (at.allOf ?? []) as readonly JsonSchema[];
    const keys = Object.keys(walked);
    const values = await inOrder(keys, (key) => child(at.properties?.[key] ?? rest, walked[key], key));
    let result: unknown = Object.fromEntries(keys.map((key, i) => [key, values[i]]));
    for (const part of parts) result = await walk(part, result, path, defs);
    return result;
  };
  return walk(schema, value, "", {});
}

/**
 * Makes sure that every medium inside a JSON value still is what it was when it was opened.
 * Throws MEDIA_MISSING and MEDIA_CHANGED.
 */
export async function verifyMedia(value: unknown): Promise<void> {
  if (isMedia(value)) return verify(value);
  if (typeof value !== "object" || value === null) return;
  for (const one of Object.values(value)) await verifyMedia(one);
}

type Definitions = Readonly<Record<string, JsonSchema>>;

const isMedia = (value: unknown): value is Media =>
  isPlain(value) && typeof value.path === "string" && typeof value.type === "string" && String(value.hash).startsWith("sha256:");
const isSource = (value: unknown): value is MediaSource =>
  typeof value === "string" || value instanceof URL || value instanceof Uint8Array || isMedia(value);
const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
const alternatives = (schema: JsonSchema): readonly JsonSchema[] => {
  const all = [...(schema.anyOf ?? []), ...((schema.oneOf as readonly JsonSchema[] | undefined) ?? [])];
  // A string where text is welcome stays text.
  return all.sort((a, b) => Number(a.type !== "string") - Number(b.type !== "string"));
};

/** Whether an alternative of a union can be meant by a value, as far as is needed to find the media in it. */
function fits(schema: JsonSchema, value: unknown, defs: Definitions): boolean {
  if (typeof schema.$ref === "string") return fits(defs[schema.$ref.replace("#/$defs/", "")] ?? {}, value, {});
  if (schema["x-media"]) return isSource(value);
  if (schema.const !== undefined) return value === schema.const;
  if (schema.enum) return schema.enum.includes(value as string);
  if (alternatives(schema).length) return alternatives(schema).some((one) => fits(one, value, defs));
  if (schema.type === "string") return typeof value === "string";
  if (schema.type === "array") return Array.isArray(value);
  if (schema.type !== "object" || !isPlain(value)) return false;
  return (
    (schema.required ?? []).every((key) => key in value) &&
    Object.entries(schema.properties ?? {}).every(([key, part]) => part.const === undefined || value[key] === part.const)
  );
}

async function inOrder<T, R>(list: readonly T[], each: (one: T, i: number) => R | Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const [i, one] of list.entries()) results.push(await each(one, i));
  return results;
}

const wrongKind = (refusal: string, file: string) =>
  new TroupeError("MEDIA_KIND", `A medium is of another kind: ${refusal}`, { file, hint: "Give a file of the kind expected here." });

async function verify(medium: Media): Promise<void> {
  if ((await hashOfFile(medium.path)) === medium.hash) return;
  throw new TroupeError("MEDIA_CHANGED", "A file is no longer what it was when it was opened", {
    file: medium.path,
    hint: "Put the file back as it was, or start a new run with the file as it is now.",
  });
}

async function hashOfFile(path: string, kind: MediaKind = "file"): Promise<string> {
  try {
    const info = await stat(path);
    // A device or a pipe may never end.
    if (!info.isFile()) throw wrongKind(refusalOf(kind, info.isDirectory() ? "a folder" : "no regular file") ?? "expected a file", path);
    if (info.size === 0) throw new TroupeError("MEDIA_EMPTY", "A file is empty", { file: path, hint: "Give one that is not empty." });
    const hash = createHash("sha256");
    await pipeline(createReadStream(path), hash);
    return `sha256:${hash.digest("hex")}`;
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
