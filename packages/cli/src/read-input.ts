import { readFileSync } from "node:fs";
import { type JsonSchema, jsonSchemaOf, nearest, type Signature, TroupeError } from "@troupe/core";

/**
 * The input of whatever takes one from `--input-file` and `--input name=value`, the latter last. A value is text where the field takes
 * text only, a path where it takes a medium, and JSON (or text, where it is no JSON) everywhere else; `@PATH` stands for what a text
 * file holds. With `partial`, fields may be missing.
 * @throws TroupeError `INPUT_UNKNOWN`, `INPUT_MISSING`, `INPUT_UNREADABLE`.
 */
export function readInput(
  taker: Signature,
  given: readonly string[],
  file: string | undefined,
  { partial = false } = {},
): Record<string, unknown> {
  const { properties = {}, required = [] } = jsonSchemaOf(taker.input, "input");
  const input: Record<string, unknown> = file === undefined ? {} : readObject(file);
  for (const one of given) {
    const equals = one.indexOf("=");
    if (equals < 1) throw new TroupeError("INPUT_UNREADABLE", `--input ${one} names no field`, { hint: "Write --input name=value." });
    const name = one.slice(0, equals);
    input[name] = fieldValue(one.slice(equals + 1), name, properties[name]);
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

function unknown(taker: string, name: string, known: readonly string[]): TroupeError {
  const near = nearest(name, known);
  const hint = `${near ? `Did you mean ${near}? ` : ""}It takes ${known.join(", ") || "none"}.`;
  return new TroupeError("INPUT_UNKNOWN", `${taker} takes no input ${name}`, { hint });
}

function fieldValue(text: string, name: string, schema: JsonSchema | undefined): unknown {
  if (schema?.["x-media"]) return text;
  const value = text.startsWith("@") && text.length > 1 ? read(text.slice(1), name) : text;
  if (schema?.type === "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function read(file: string, field: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new TroupeError("INPUT_UNREADABLE", `A file of the input cannot be read: ${(cause as NodeJS.ErrnoException).code}`, {
      file,
      field,
      hint: "Check the path. A text that begins with @ goes into an --input-file.",
      cause,
    });
  }
}

function readObject(file: string): Record<string, unknown> {
  const text = read(file, "--input-file");
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch (cause) {
    throw new TroupeError("INPUT_UNREADABLE", `The input file is no JSON: ${(cause as Error).message}`, {
      file,
      hint: "Write one JSON object.",
    });
  }
  throw new TroupeError("INPUT_UNREADABLE", "The input file holds no object", { file, hint: 'Write one JSON object: {"field": value}.' });
}

const placeholder = (schema: JsonSchema | undefined): string =>
  schema?.["x-media"] ? "PATH" : schema?.type === "string" ? "TEXT" : "JSON";
