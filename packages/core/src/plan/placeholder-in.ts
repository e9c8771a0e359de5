import type { Plan } from "../graph/plan.js";
import type { Json } from "../schema/json.js";
import type { Brief } from "./brief.js";
import { firstPlaceholder } from "./read/address.js";

/**
 * The first placeholder inside a literal: one in any spelling, or the field of a task by its id (`t1.loud`). What the request or an
 * input says word for word is no placeholder: it is the user's own.
 */
export function placeholderIn(value: Json, { tasks }: Plan, brief: Brief): string | undefined {
  if (typeof value === "object" && value !== null) {
    for (const one of Object.values(value)) {
      const found = placeholderIn(one as Json, { tasks, output: {} }, brief);
      if (found !== undefined) return found;
    }
  }
  if (typeof value !== "string") return undefined;
  const fields = tasks.filter(({ id }) => /\d/.test(id) && value.includes(`${id}.`));
  const named = fields.flatMap(({ id, member }) => {
    const gives = brief.members.find(({ name }) => name === member)?.gives ?? {};
    return Object.keys(gives).flatMap((field) => (value.includes(`${id}.${field}`) ? [`${id}.${field}`] : []));
  });
  const found = firstPlaceholder(value) ?? named[0];
  return found !== undefined && !isSaid(found, brief) ? found : undefined;
}

/** Whether the request or an input holds a text word for word. */
export const isSaid = (text: string, { request, shown }: Brief): boolean =>
  [request, ...Object.values(shown)].some((said) => said.includes(text));
