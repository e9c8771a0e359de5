import { dequal } from "dequal";
import type { Graph } from "../graph/graph.js";
import { after, type Soon } from "../schema/after.js";
import { onlyLooks } from "../schema/only-looks.js";
import { listSchema, objectSchema, type Schema, shapeOf, standing, type Validated, validate } from "../schema/schema.js";
import { setKey } from "../schema/set-key.js";

type Values = Readonly<Record<string, unknown>>;

/**
 * What a graph came to, held to the schema of its output. A field that still is what its input made of it was held to the same schema
 * there: it stands as it is, since a schema may make something else of what it made. So do the items that a list had to begin with, and
 * what contributions were folded into: each was held to a schema where it came from, and the field's own is of one of them.
 */
export function heldResult({ state }: Graph, takes: Schema, gives: Schema, input: Values, output: Values): Soon<Validated> {
  const [taken, given] = [shapeOf(takes), shapeOf(gives)];
  const names = Object.keys(given ?? {});
  const others: Record<string, Schema> = {};
  let stands = false;
  for (const name of names) {
    const schema = given![name]!;
    const [before, value] = [input[name], Object(output)[name]];
    const same = taken?.[name] === schema && value !== undefined;
    if (same && dequal(value, before)) {
      stands = true;
      continue;
    }
    const item = same && hasGrown(before, value) ? itemOf(state[name]) : undefined;
    const total = value !== undefined && isTotal(state[name]) && !onlyLooks(schema);
    stands ||= item !== undefined || total;
    if (item) setKey(others, name, listSchema(item, (before as unknown[]).length));
    else setKey(others, name, total ? standing(schema, same ? before : undefined) : schema);
  }
  if (!stands) return validate(gives, output);
  return after(validate(objectSchema(others), output), (checked) => {
    if ("problems" in checked) return checked;
    const value: Record<string, unknown> = {};
    for (const name of names) {
      const one = (Object.hasOwn(others, name) ? (checked.value as Values) : output)[name];
      if (one !== undefined) setKey(value, name, one);
    }
    return { value };
  });
}

/** Whether a list begins with all that it had. */
const hasGrown = (before: unknown, value: unknown): boolean =>
  Array.isArray(before) && Array.isArray(value) && dequal(value.slice(0, before.length), before);

/** Whether contributions are folded into one value, which is none of them. */
const isTotal = (field: Graph["state"][string] | undefined): boolean =>
  field !== undefined && "reduce" in field && field.reduce !== "append";

/** The schema of an item, where each write adds one. */
const itemOf = (field: Graph["state"][string] | undefined): Schema | undefined =>
  field && "reduce" in field && field.reduce === "append" ? field.schema : undefined;
