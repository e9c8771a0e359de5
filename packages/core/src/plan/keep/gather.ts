import type { Schema } from "../../schema/schema.js";
import { schemaFromJson } from "../../schema/schema-from-json.js";
import { specialist } from "../../specialist/specialist.js";

/** What it takes, in the order of the list. */
export const gathered = Array.from("abcdefghijklmnop");

/**
 * Puts up to sixteen values, `a` to `p`, into one `list`, in this order: what a saved plan does where an argument is a list of several
 * answers. What is not given has no place in it.
 *
 * @example
 * use(gather, { read: { a: "letter", b: "note" }, write: { list: "texts" } });
 */
export const gather = specialist({
  name: "gather",
  does: "Puts values into one list, in their order",
  input: schemaFromJson({ type: "object", properties: Object.fromEntries(gathered.map((name) => [name, {}])) }) as Schema<
    Readonly<Record<string, unknown>>
  >,
  output: schemaFromJson({ type: "object", properties: { list: { type: "array" } }, required: ["list"] }) as Schema<{ list: unknown[] }>,
  run: (values) => ({
    list: gathered.flatMap((name) => (Object.hasOwn(values, name) ? [values[name]] : [])),
  }),
});
