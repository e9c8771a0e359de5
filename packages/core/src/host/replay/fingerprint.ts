import { sha256 } from "#platform/sha256";
import { isMedia, isPlain } from "../../media/media.js";
import { jsonSchemaOf, type Schema } from "../../schema/schema.js";

const schemas = new WeakMap<object, string>();

/** Levels of a value that are told apart. */
const deepest = 1000;

/**
 * A hash of what was asked for, keyed so that nobody who lacks the run's key can guess values by it. Of media the content's hash counts
 * and not the path, of a schema its JSON Schema, of a model its id, of a message of LangChain's all but its own id; the order of an
 * object's keys does not count.
 */
export const fingerprint = (key: string, value: unknown): string => sha256(`${key}\0${canonical(value)}`).slice(0, 32);

function canonical(whole: unknown): string {
  /** What a class made and was met before, by its number: a client may refer to itself in many ways. */
  const met = new Map<object, number>();
  /** What the value that is looked at stands in. */
  const around = new Set<object>();
  const text = (value: unknown): string => {
    if (typeof value === "number") return String(value);
    if (typeof value !== "object" || value === null)
      return typeof value === "bigint" ? `${value}n` : (JSON.stringify(value) ?? typeof value);
    if (around.size > deepest || around.has(value)) return "…";
    if (isMedia(value)) return `media ${value.hash} ${value.type}`;
    if (value instanceof Uint8Array) return `bytes ${sha256(Array.from(value).join())}`;
    if ("~standard" in value) return schemaText(value as Schema);
    const { card, id, load } = value as { card?: unknown; id?: unknown; load?: unknown };
    if (typeof load === "function" && typeof card === "object" && typeof id === "string") return `model ${id}`;
    if (!Array.isArray(value) && !isPlain(value)) {
      if (value instanceof Error) return `error ${value.message}`;
      const before = met.get(value);
      if (before !== undefined) return `met ${before}`;
      met.set(value, met.size);
    }
    around.add(value);
    const parts = partsOf(value);
    around.delete(value);
    return parts;
  };
  const partsOf = (value: object): string => {
    if (Array.isArray(value)) return `[${Array.from(value, text).join(",")}]`;
    if (value instanceof Map || value instanceof Set) return `{${Array.from(value, text).join(",")}}`;
    if (typeof (value as { toJSON?: unknown }).toJSON === "function") return text(told(value as { toJSON(): unknown }));
    const entries = Object.entries(value).filter(([, one]) => one !== undefined && typeof one !== "function");
    return `{${entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => `${JSON.stringify(name)}:${text(one)}`)
      .join(",")}}`;
  };
  return text(whole);
}

/** What an object says of itself. Whoever keeps messages, as LangGraph does, gives each another id in each attempt. */
function told(value: { toJSON(): unknown }): unknown {
  const json = value.toJSON();
  const { getType, _getType } = value as { getType?: unknown; _getType?: unknown };
  if (typeof (getType ?? _getType) !== "function" || !isPlain(json)) return json;
  const { kwargs } = json as { kwargs?: object };
  return { ...json, kwargs: { ...kwargs, id: undefined } };
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
