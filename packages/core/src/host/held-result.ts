import { dequal } from "dequal";
import { after, type Soon } from "../schema/after.js";
import { objectSchema, type Schema, shapeOf, type Validated, validate } from "../schema/schema.js";
import { setKey } from "../schema/set-key.js";

type Values = Readonly<Record<string, unknown>>;

/**
 * What a graph came to, held to the schema of its output. A field that still is what its input made of it was held to the same schema
 * there: it stands as it is, since a schema may make something else of what it made.
 */
export function heldResult(takes: Schema, gives: Schema, input: Values, output: Values): Soon<Validated> {
  const [taken, given] = [shapeOf(takes), shapeOf(gives)];
  const isParsed = (name: string) =>
    given![name] === taken![name] && Object(output)[name] !== undefined && dequal(output[name], input[name]);
  const names = Object.keys(given ?? {});
  const others = taken ? names.filter((name) => !isParsed(name)) : names;
  if (others.length === names.length) return validate(gives, output);
  const rest = objectSchema(Object.fromEntries(others.map((name) => [name, given![name]!])));
  return after(validate(rest, output), (checked) => {
    if ("problems" in checked) return checked;
    const value: Record<string, unknown> = {};
    for (const name of names) {
      const one = (others.includes(name) ? (checked.value as Values) : output)[name];
      if (one !== undefined) setKey(value, name, one);
    }
    return { value };
  });
}
