import { type JsonSchema, jsonSchemaOf, nearest, objectFields, type Signature, TroupeError } from "@troupe/core";
import { lostSaid } from "./lost-said.js";
import { readText } from "./read-text.js";
import { schemaSaid } from "./schema-said.js";

/**
 * The input of whatever takes one from `--input-file` and `--input name=value`, the latter last. A value is what the field's schema
 * takes: JSON where that fits and the value as text does not, a path where it takes a medium; `@PATH` stands for what a text file holds,
 * and `-` is stdin. JSON that says a key twice, or a number that would be rounded, is refused. With `partial`, fields may be missing.
 * @throws TroupeError `INPUT_UNKNOWN`, `INPUT_MISSING`, `INPUT_UNREADABLE`.
 */
export async function readInput(
  taker: Signature,
  given: readonly string[],
  file: string | undefined,
  { partial = false } = {},
): Promise<Record<string, unknown>> {
  const { properties, required } = objectFields(jsonSchemaOf(taker.input, "input")) ?? { properties: {}, required: [] };
  const input: Record<string, unknown> = file === undefined ? {} : await readObject(file);
  const typed = new Set<string>();
  for (const one of given) {
    const equals = one.indexOf("=");
    if (equals < 1) throw new TroupeError("INPUT_UNREADABLE", `--input ${one} names no field`, { hint: "Write --input name=value." });
    const name = one.slice(0, equals);
    if (typed.has(name)) throw twice(name);
    typed.add(name);
    input[name] = await fieldValue(one.slice(equals + 1), name, Object.hasOwn(properties, name) ? properties[name] : undefined);
  }
  for (const name of Object.keys(input)) if (!Object.hasOwn(properties, name)) throw unknown(taker.name, name, Object.keys(properties));
  const missing = required.filter((name) => input[name] === undefined);
  if (missing.length && !partial) {
    throw new TroupeError("INPUT_MISSING", `${taker.name} needs ${missing.join(", ")}`, {
      hint: `Give ${missing.map((name) => `--input ${name}=${placeholder(properties[name])}`).join(" ")}, or --input-file FILE.`,
    });
  }
  return input;
}

function twice(name: string): TroupeError {
  const hint = `Give it once; several values are a list, where it takes one: --input ${name}='["…", "…"]'.`;
  return new TroupeError("INPUT_UNREADABLE", `--input ${name} is given twice`, { hint });
}

function unknown(taker: string, name: string, known: readonly string[]): TroupeError {
  const near = nearest(name, known);
  const hint = `${near ? `Did you mean ${near}? ` : ""}It takes ${known.join(", ") || "none"}.`;
  return new TroupeError("INPUT_UNKNOWN", `${taker} takes no input ${name}`, { hint });
}

async function fieldValue(typed: string, name: string, schema: JsonSchema | undefined): Promise<unknown> {
  if (schema?.["x-media"]) return typed;
  const text =
    typed.startsWith("@") && typed.length > 1
      ? await readText(typed.slice(1), name, "Check the path. A text that begins with @ goes into an --input-file.")
      : typed;
  if (schema === undefined || schema.type === "string") return text;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text;
  }
  const lost = lostSaid(text);
  const fits = (one: unknown) => !(schemaSaid(schema)["~standard"].validate(one) as { issues?: unknown }).issues;
  // A text in quotes, where it may as well be meant as it stands, is that; so is a number that would lose digits.
  if (fits(text) && (typeof value === "string" || (lost && typeof value === "number") || !fits(value))) return text;
  if (lost) throw unkept(`--input ${name}: ${lost.what}`);
  return value;
}

async function readObject(file: string): Promise<Record<string, unknown>> {
  const text = await readText(file, "--input-file");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new TroupeError("INPUT_UNREADABLE", `The input file is no JSON: ${(cause as Error).message}`, {
      file,
      hint: "Write one JSON object.",
    });
  }
  const lost = lostSaid(text);
  if (lost) throw unkept(lost.what, `${file}:${lost.line}`);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new TroupeError("INPUT_UNREADABLE", "The input file holds no object", { file, hint: 'Write one JSON object: {"field": value}.' });
}

function unkept(what: string, file?: string): TroupeError {
  const hint = "Give a key once, and write a number with so many digits in quotes, where the field takes a text.";
  return new TroupeError("INPUT_UNREADABLE", what, { ...(file === undefined ? {} : { file }), hint });
}

const placeholder = (schema: JsonSchema | undefined): string =>
  schema?.["x-media"] ? "PATH" : schema?.type === "string" ? "TEXT" : "JSON";
