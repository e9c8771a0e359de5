import type { JsonSchema } from "../schema/json.js";
import { objectFields } from "../schema/object-fields.js";
import { alternatives, resolve } from "../schema/resolve.js";

/** A named place for a value: an argument, an output field, an input. */
export interface Slot {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
  readonly description: string;
  /** It takes the language that its member puts things into, whose names are these: what a thing comes in is none. */
  readonly into?: readonly string[];
}

/**
 * The properties of an object schema, each with the definitions it may point into. The record has no prototype: planners write names
 * such as `constructor`, which every other object has.
 */
export function slotsOf(schema: JsonSchema): Readonly<Record<string, Slot>> {
  const { properties, required } = objectFields(schema) ?? { properties: {}, required: [] };
  return Object.assign(
    Object.create(null),
    Object.fromEntries(
      Object.entries(properties).map(([name, whole]) => [
        name,
        { name, schema: whole, required: required.includes(name), description: String(resolve(whole, whole).description ?? "") },
      ]),
    ),
  );
}

/** What the lists that may stand here hold; undefined where none may. */
export function itemOf(schema: JsonSchema): JsonSchema | undefined {
  const list = alternatives(schema, schema).find((one) => one.type === "array");
  if (!list) return undefined;
  return schema.$defs ? { ...list.items, $defs: schema.$defs } : (list.items ?? {});
}

/** Whether a medium stands somewhere in values of this schema. */
export function holdsMedia(schema: JsonSchema, root: JsonSchema = schema, depth = 0): boolean {
  if (depth > 8) return false;
  return alternatives(schema, root).some((one) => {
    if (one["x-media"] !== undefined) return true;
    const inner = [...Object.values(one.properties ?? {}), ...(one.items ? [one.items] : [])];
    return inner.some((part) => holdsMedia(part, root, depth + 1));
  });
}

/** Whether a type says what its values are: media, labels and objects do, text and numbers do not. */
export function tells(schema: JsonSchema): boolean {
  return alternatives(schema, schema).some((one) => one["x-media"] !== undefined || one.enum !== undefined || one.type === "object");
}

/** Whether any text may stand here, no label and none of one format. */
export const holdsText = (schema: JsonSchema): boolean =>
  alternatives(schema, schema).some(({ type, enum: labels, format }) => type === "string" && labels === undefined && format === undefined);
