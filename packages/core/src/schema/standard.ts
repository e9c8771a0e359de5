import { createRequire } from "node:module";
import type { ErrorObject } from "ajv";
import type { Ajv2020 } from "ajv/dist/2020.js";
import { didYouMean } from "../error/nearest.js";
import type { JsonSchema } from "./json.js";
import { patternOf } from "./pattern.js";

/** A value held to a schema as JSON Schema 2020-12 says: what is wrong, the likeliest first. */
export type Standard = (value: unknown) => readonly { readonly path: readonly string[]; readonly message: string }[];

const plain = new Set(["type", "enum", "properties", "required", "additionalProperties", "items", "$defs", "anyOf"]);
const silent = [
  "title",
  "description",
  "default",
  "examples",
  "example",
  "deprecated",
  "readOnly",
  "writeOnly",
  "$comment",
  "$schema",
  "id",
];
const isSilent = (keyword: string) => silent.includes(keyword) || keyword.startsWith("x-");

/** Whether a schema says no more than types, labels and fields, so that it can be held to without a library. */
export function isPlain(schema: JsonSchema): boolean {
  const said = Object.keys(schema).filter((keyword) => !isSilent(keyword));
  const parts = [
    ...Object.values(schema.properties ?? {}),
    ...Object.values((schema.$defs as Record<string, JsonSchema> | undefined) ?? {}),
    ...(schema.anyOf ?? []),
    ...(schema.items === undefined ? [] : [schema.items]),
    ...(schema.additionalProperties === undefined ? [] : [schema.additionalProperties as JsonSchema]),
  ];
  const types: readonly unknown[] = schema.type === undefined ? [] : [schema.type].flat();
  return (
    said.every((keyword) => plain.has(keyword)) &&
    (schema.anyOf === undefined || said.every((keyword) => keyword === "anyOf" || keyword === "$defs")) &&
    types.every((type) => ["string", "number", "integer", "boolean", "null", "array", "object"].includes(type as string)) &&
    (schema.enum === undefined || (Array.isArray(schema.enum) && schema.enum.every((one) => typeof one !== "object"))) &&
    (schema.required === undefined || Array.isArray(schema.required)) &&
    parts.every((part) => typeof part === "boolean" || (typeof part === "object" && part !== null && isPlain(part)))
  );
}

/** Formats in which times may stand without an offset and without seconds, as zod and people write them. */
const lenient = ["time", "date-time"] as const;

/** Characters of a URL that servers take at the most. */
const longestUrl = 8192;

/**
 * What holds values to a schema, or what of it cannot be held: keywords and formats that nothing is known of, patterns that are none,
 * references that lead nowhere. The library is loaded when it is first needed.
 */
export function standardOf(schema: JsonSchema): { readonly holds: Standard } | { readonly unheld: readonly string[] } {
  const { ajv, heard } = library();
  heard.length = 0;
  const strange = formatsOf(schema).filter(({ format }) => ajv.formats[format] === undefined);
  const bare = strange.filter(({ held }) => !held);
  if (bare.length) return { unheld: bare.map(({ format }) => `"${format}" is a format of which nothing is known`) };
  try {
    for (const { format } of strange) ajv.addFormat(format, true);
    const valid = ajv.compile(schema);
    const keywords = Object.keys(ajv.RULES.keywords);
    const unheld = [...new Set(heard.flatMap((text) => sentence(text, keywords)))];
    if (unheld.length) return { unheld };
    return { holds: (value) => (valid(value) ? [] : [...(valid.errors ?? [])].reverse().map(problem)) };
  } catch (error) {
    return { unheld: [(error as Error).message] };
  } finally {
    ajv.removeSchema(schema);
    for (const { format } of strange) delete ajv.formats[format];
  }
}

/** Made once: it compiles the schema of schemas, which takes longer than any other. */
let made: { readonly ajv: Ajv2020; readonly heard: string[] } | undefined;

function library() {
  if (made) return made;
  const load = createRequire(import.meta.url);
  const { Ajv2020 } = load("ajv/dist/2020.js") as typeof import("ajv/dist/2020.js");
  const { fullFormats } = load("ajv-formats/dist/formats.js") as typeof import("ajv-formats/dist/formats.js");
  // The library's own takes time in the square of the text.
  const url = (text: string) => text.length <= longestUrl && (fullFormats.url as RegExp).test(text);
  const moment = (name: (typeof lenient)[number]) => {
    const { validate } = fullFormats[`iso-${name}`] as { readonly validate: (text: string) => boolean };
    return [name, (text: string) => validate(text) || validate(`${text}:00`)] as const;
  };
  const heard: string[] = [];
  const hear = (text: string) => void heard.push(text);
  const ajv = new Ajv2020({
    strictSchema: "log",
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    allowMatchingProperties: true,
    // In floating point 19.99 is no whole number of 0.01.
    multipleOfPrecision: 6,
    formats: { ...fullFormats, url, ...Object.fromEntries(lenient.map(moment)) },
    code: { regExp: Object.assign(patternOf, { code: "patternOf" }) },
    logger: { log: hear, warn: hear, error: hear },
  });
  ajv.removeKeyword("id");
  made = { ajv, heard };
  return made;
}

/** The formats a schema names, and whether a pattern beside one holds what it says, as zod writes it. */
function formatsOf(part: unknown): { format: string; held: boolean }[] {
  if (typeof part !== "object" || part === null) return [];
  const { format, pattern } = part as JsonSchema;
  const own = typeof format === "string" ? [{ format, held: typeof pattern === "string" }] : [];
  return [...own, ...Object.values(part).flatMap(formatsOf)];
}

/** What the library says of a schema, in our words. */
function sentence(text: string, keywords: readonly string[]): string[] {
  const [, keyword] = /unknown keyword: "(.*)"/.exec(text) ?? [];
  if (keyword !== undefined) {
    return isSilent(keyword) ? [] : [`"${keyword}" is a keyword of which nothing is known. ${didYouMean(keyword, keywords, "")}`.trim()];
  }
  return [];
}

function problem({ instancePath, message = "it does not fit" }: ErrorObject) {
  const path = instancePath.split("/").slice(1);
  return { path: path.map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~")), message };
}
