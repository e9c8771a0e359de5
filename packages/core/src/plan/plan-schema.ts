import { compatible } from "../schema/compatible.js";
import type { JsonSchema } from "../schema/json.js";
import type { Brief } from "./brief.js";
import { mostTasks } from "./check-plan.js";
import { holdsMedia, itemOf, type Slot } from "./slot.js";

/** The JSON Schema of plans for a brief: a decoder that follows it can name no other member and no other argument. */
export function planSchema(brief: Brief): JsonSchema {
  const tasks = brief.members.map((card) =>
    closed({
      id: { type: "string", description: "t1, t2, …" },
      member: { const: card.name, type: "string" },
      args: places(card.takes, brief, false),
    }),
  );
  return closed({
    tasks: {
      type: "array",
      maxItems: Math.min(mostTasks, Math.max(12, brief.members.length + 2 * Object.keys(brief.given).length)),
      items: either(tasks),
    },
    output: places(brief.wanted, brief, true),
  });
}

function closed(properties: Readonly<Record<string, JsonSchema>>, required = Object.keys(properties)): JsonSchema {
  return { type: "object", properties, required, additionalProperties: false };
}

function places(slots: Readonly<Record<string, Slot>>, brief: Brief, refsOnly: boolean): JsonSchema {
  const all = Object.values(slots);
  return closed(
    Object.fromEntries(all.map((slot) => [slot.name, place(slot, brief, refsOnly)])),
    all.filter(({ required }) => required).map(({ name }) => name),
  );
}

/** A ref, a literal, or a list of these where a list may stand. */
function place({ schema }: Slot, brief: Brief, refsOnly: boolean): JsonSchema {
  const item = itemOf(schema);
  const literal = (one: JsonSchema) => (refsOnly || holdsMedia(one) || JSON.stringify(one).includes('"$ref"') ? [] : [one]);
  const ways = [
    refTo(schema, brief),
    ...(item ? [{ type: "array", items: either([refTo(item, brief), ...literal(item)]) }] : literal(schema)),
  ];
  return either(ways);
}

function either(ways: readonly JsonSchema[]): JsonSchema {
  const [only, ...others] = ways;
  return only && others.length === 0 ? only : { anyOf: ways };
}

/** A ref; one of the inputs that fit where no member gives anything that does. */
function refTo(schema: JsonSchema, brief: Brief): JsonSchema {
  const made = brief.members.some(({ gives }) => Object.values(gives).some((slot) => fits(slot, schema)));
  const inputs = Object.values(brief.given).filter((slot) => fits(slot, schema));
  const names = inputs.map(({ name }) => `input.${name}`);
  return closed({
    ref: !made && names.length ? { type: "string", enum: names } : { type: "string", description: "input.NAME or TASK.FIELD" },
  });
}

const fits = (slot: Slot, schema: JsonSchema) => compatible(slot.schema, schema) === undefined;
