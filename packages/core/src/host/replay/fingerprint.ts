import { sha256 } from "#platform/sha256";
import { isMedia, isPlain } from "../../media/media.js";
import { jsonSchemaOf, type Schema } from "../../schema/schema.js";

const schemas = new WeakMap<object, string>();

/** Levels of a value that are told apart. */
const depth = 200;

/**
 * A hash of what was asked for, keyed so that nobody who lacks the run's key can guess values by it. Of media the content's hash counts
 * and not the path, of a schema its JSON Schema, of a model its id; the order of an object's keys does not count.
 */
export const fingerprint = (key: string, value: unknown): string => sha256(`${key}\0${canonical(value, 0)}`).slice(0, 32);

function canonical(value: unknown, level: number): string {
  if (typeof value !== "object" || value === null) return typeof value === "bigint" ? `${value}n` : (JSON.stringify(value) ?? typeof value);
  if (level > depth) return "…";
  const inner = (one: unknown) => canonical(one, level + 1);
  if (Array.isArray(value)) return `[${value.map(inner).join(",")}]`;
  if (isMedia(value)) return `media ${value.hash} ${value.type}`;
  if (value instanceof Uint8Array) return `bytes ${sha256(Array.from(value).join())}`;
  if (value instanceof Map || value instanceof Set) return `{${[...value].map(inner).join(",")}}`;
  if ("~standard" in value) return schemaText(value as Schema);
  if (typeof (value as { toJSON?: unknown }).toJSON === "function") return inner((value as { toJSON(): unknown }).toJSON());
  const { card, id } = value as { card?: unknown; id?: unknown };
  if (!isPlain(value) && value instanceof Error) return `error ${value.message}`;
  if (typeof card === "object" && typeof id === "string") return `model ${id}`;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined && typeof one !== "function");
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, one]) => `${JSON.stringify(name)}:${inner(one)}`)
    .join(",")}}`;
}

function schemaText(schema: Schema): string {
  const before = schemas.get(schema);
  if (before !== undefined) return before;
  let text = "schema";
  try {
    text = JSON.stringify(jsonSchemaOf(schema));
  } catch {
    // A schema that JSON Schema cannot say is told apart by what else is asked.
  }
  schemas.set(schema, text);
  return text;
}
