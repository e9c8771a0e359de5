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
  const named = tasks.flatMap(({ id, member }) => {
    const gives = value.includes(`${id}.`) ? (brief.members.find(({ name }) => name === member)?.gives ?? {}) : {};
    return Object.keys(gives).flatMap((field) => (stands(`${id}.${field}`, value) ? [`${id}.${field}`] : []));
  });
  const found = firstPlaceholder(value) ?? named[0];
  return found !== undefined && !isSaid(found, brief) ? found : undefined;
}

/** Whether words stand in a text and are no part of longer ones: `t1.loud` is none of `at1.louder`. */
function stands(words: string, text: string): boolean {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const end = at + words.length;
    if (!/[\p{L}\p{N}_]$/u.test(text.slice(Math.max(0, at - 2), at)) && !/^[\p{L}\p{N}_]/u.test(text.slice(end, end + 2))) return true;
  }
  return false;
}

/** Whether the request or an input holds a text word for word. */
export const isSaid = (text: string, { request, shown }: Brief): boolean =>
  [request, ...Object.values(shown)].some((said) => said.includes(text));
