import type { JsonSchema } from "../schema/json.js";
import { objectFields } from "../schema/object-fields.js";
import { alternatives } from "../schema/resolve.js";

/** The fields that an answer may have by its schema, in any part of a union; none where the schema names none. */
export interface AnswerFields {
  readonly names: ReadonlySet<string>;
  /** Those that may hold objects or lists: what stands in one is a part of an answer, and no answer that it wraps. */
  readonly holders: ReadonlySet<string>;
}

const known = new WeakMap<JsonSchema, AnswerFields>();

export function answerFields(schema: JsonSchema): AnswerFields {
  let fields = known.get(schema);
  if (!fields) {
    const properties = Object.entries(objectFields(schema)?.properties ?? {});
    const holders = properties.filter(([, one]) => mayHold(one)).map(([name]) => name);
    known.set(schema, (fields = { names: new Set(properties.map(([name]) => name)), holders: new Set(holders) }));
  }
  return fields;
}

function mayHold(schema: JsonSchema): boolean {
  const ways = alternatives(schema, schema);
  const holds = ({ type, enum: labels, const: only }: JsonSchema) =>
    type === "object" || type === "array" || (type === undefined && labels === undefined && only === undefined);
  return ways.length === 0 || ways.some(holds);
}
