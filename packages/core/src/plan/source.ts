import { didYouMean } from "../error/nearest.js";
import type { Plan } from "../graph/plan.js";
import type { JsonSchema } from "../schema/json.js";
import type { Brief } from "./brief.js";
import { type Slot, slotsOf } from "./slot.js";

/** What a ref points at, or why it points at nothing. */
export type Source = { readonly schema: JsonSchema } | { readonly why: string; readonly hint?: string };

/** Looks a ref up among the inputs and the outputs of a plan's tasks. Tasks of unknown members give nothing known: their refs pass. */
export function sourceOf(ref: string, plan: Plan, brief: Brief): Source {
  const [head = "", ...path] = ref.split(".");
  if (head === "input") return follow(path, brief.given, ref, "the input");
  const task = plan.tasks.find(({ id }) => id === head);
  if (!task) {
    const ids = ["input", ...plan.tasks.map(({ id }) => id)];
    return { why: `"${ref}" points at no task`, hint: didYouMean(head, ids, `There are ${ids.slice(0, 20).join(", ")}.`) };
  }
  const card = brief.members.find(({ name }) => name === task.member);
  return card ? follow(path, card.gives, ref, `${card.name}'s output`) : { schema: {} };
}

function follow(path: readonly string[], slots: Readonly<Record<string, Slot>>, ref: string, whose: string, sure = true): Source {
  const [key, ...rest] = path;
  const names = Object.keys(slots);
  const fields = names.length ? `Its fields are ${names.join(", ")}.` : "It has no fields.";
  if (key === undefined) return { why: `"${ref}" names no field of ${whose}`, hint: fields };
  const slot = Object.hasOwn(slots, key) ? slots[key] : undefined;
  if (!slot) return { why: `"${ref}" points at no field of ${whose}`, hint: didYouMean(key, names, fields) };
  const is = sure && slot.required;
  if (rest.length) return follow(rest, slotsOf(slot.schema), ref, `${whose.replace("'s output", "")}'s ${key}`, is);
  // What may be missing, or stands in what may be, is a value of its type or null, as far as the reader is concerned.
  return {
    schema: is ? slot.schema : { anyOf: [slot.schema, { type: "null" }], ...(slot.schema.$defs ? { $defs: slot.schema.$defs } : {}) },
  };
}
