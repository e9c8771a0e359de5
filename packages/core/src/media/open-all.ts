import { TroupeError } from "../error/error.js";
import type { JsonSchema } from "../schema/json.js";
import { say } from "../schema/say.js";
import { jsonSchemaOf, type Schema } from "../schema/schema.js";
import { isMedia, isPlain, type MediaKind, type MediaSource } from "./media.js";

/** Opens one medium, or gives its source for somebody else to open. */
export type Open = (kind: MediaKind, source: MediaSource) => Promise<MediaSource>;

const known = new WeakMap<Schema, JsonSchema | undefined>();

/**
 * The JSON Schema of what a schema takes, where there may be media in it; undefined where there is none.
 * @example
 * mediaSchemaOf(z.object({ page: media.page() })); // its property `page` has "x-media": "page"
 * mediaSchemaOf(z.object({ text: z.string() })); // undefined
 */
export function mediaSchemaOf(schema: Schema): JsonSchema | undefined {
  if (!known.has(schema)) known.set(schema, withMedia(schema));
  return known.get(schema);
}

function withMedia(schema: Schema): JsonSchema | undefined {
  try {
    const json = jsonSchemaOf(schema, "input");
    return JSON.stringify(json).includes('"x-media"') ? json : undefined;
  } catch {
    return {}; // nobody can tell
  }
}

/**
 * Opens every medium of a value: whatever stands where its JSON Schema says `x-media`, in objects, lists, records, tuples and unions, and
 * whatever else in it has a medium's form, so that none gets by. The value is copied; what does not fit the schema is left as it is, for
 * its validation to name.
 * @throws what `open` throws, with the field
 * @example
 * const opened = await openAll(jsonSchemaOf(schema), { memo: "memo.wav" }, (kind, source) => openMedia(kind, source));
 */
export async function openAll(schema: JsonSchema, value: unknown, openOne: Open): Promise<unknown> {
  const opened = new WeakSet<object>();
  const open = async (kind: MediaKind, source: MediaSource, path: string) => {
    try {
      const medium = await openOne(kind, source);
      if (typeof medium === "object") opened.add(medium);
      return medium;
    } catch (error) {
      throw error instanceof TroupeError ? error.placed({ field: path }) : error;
    }
  };
  const walk = async (at: JsonSchema, found: unknown, path: string, definitions: Definitions): Promise<unknown> => {
    const defs = (at.$defs as Definitions | undefined) ?? definitions;
    const target = typeof at.$ref === "string" ? defs[at.$ref.replace("#/$defs/", "")] : undefined;
    if (target) return walk(target, found, path, defs);
    const kind = at["x-media"] as MediaKind | undefined;
    if (kind && isSource(found)) return open(kind, found, path);
    const make = kind && bytesMadeOf(found);
    if (make) throw notYetBytes(found, make, path);
    if (kind) return found;
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
  const sweep = async (found: unknown, path: string): Promise<unknown> => {
    if (typeof found !== "object" || found === null || opened.has(found)) return found;
    if (isMedia(found)) return open("file", found, path);
    const child = (one: unknown, key: string | number) => sweep(one, path ? `${path}.${key}` : String(key));
    if (Array.isArray(found)) return inOrder(found, child);
    if (!isPlain(found)) return found;
    return Object.fromEntries(await inOrder(Object.entries(found), async ([key, one]) => [key, await child(one, key)] as const));
  };
  return sweep(await walk(schema, value, "", {}), "");
}

type Definitions = Readonly<Record<string, JsonSchema>>;

const isSource = (value: unknown): value is MediaSource =>
  typeof value === "string" || value instanceof URL || value instanceof Uint8Array || isMedia(value);

/** How bytes are made of what holds some in a form that is not taken; undefined for what holds none. */
function bytesMadeOf(value: unknown): string | undefined {
  if (ArrayBuffer.isView(value)) return "new Uint8Array(view.buffer, view.byteOffset, view.byteLength)";
  const kind = Object.prototype.toString.call(value).slice("[object ".length, -1);
  if (/^(Shared)?ArrayBuffer$/.test(kind)) return "new Uint8Array(buffer)";
  if (kind === "Blob" || kind === "File") return "new Uint8Array(await blob.arrayBuffer())";
  return kind === "ReadableStream" ? "new Uint8Array(await new Response(stream).arrayBuffer())" : undefined;
}

const notYetBytes = (value: unknown, make: string, field: string) =>
  new TroupeError("MEDIA_KIND", `A medium is given as ${say(value)}, which is not taken`, {
    field,
    hint: `Give its bytes as a Uint8Array, ${make}, else a path, a URL or what openMedia gives.`,
  });

const alternatives = (schema: JsonSchema): readonly JsonSchema[] => {
  const all = [...(schema.anyOf ?? []), ...((schema.oneOf as readonly JsonSchema[] | undefined) ?? [])];
  // A string where text is welcome stays text.
  return all.sort((a, b) => Number(a.type !== "string") - Number(b.type !== "string"));
};

/** Whether an alternative of a union can be meant by a value, as far as is needed to find the media in it. */
function fits(schema: JsonSchema, value: unknown, defs: Definitions): boolean {
  if (typeof schema.$ref === "string") return fits(defs[schema.$ref.replace("#/$defs/", "")] ?? {}, value, {});
  if (schema["x-media"]) return isSource(value) || bytesMadeOf(value) !== undefined;
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
