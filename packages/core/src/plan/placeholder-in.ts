import type { Plan, Task } from "../graph/plan.js";
import { standsIn } from "../marks/stands-in.js";
import type { Json } from "../schema/json.js";
import type { Brief } from "./brief.js";
import { type Marked, markedIn } from "./read/address.js";
import { numberIn, numbersOf } from "./read/known-tasks.js";
import { bareName } from "./read/part-names.js";
import { inputNames, previous, scopes } from "./read/spellings.js";

/**
 * The first placeholder inside a literal of the task at a place: one in any spelling, where its mark alone does not tell it one that names
 * something that is there, or the field of a task by its id (`t1.loud`). What the request or an input says word for word is no placeholder:
 * it is the user's own.
 */
export function placeholderIn(value: Json, { tasks }: Plan, brief: Brief, at = tasks.length): string | undefined {
  if (typeof value === "object" && value !== null) {
    for (const one of Object.values(value)) {
      const found = placeholderIn(one as Json, { tasks, output: {} }, brief, at);
      if (found !== undefined) return found;
    }
  }
  if (typeof value !== "string") return undefined;
  const names = namesOf(tasks, brief, at);
  // What is closed again is a tag.
  const isClosed = (steps: readonly string[]) => value.includes(`</${steps.join(".")}>`);
  const marked = markedIn(value).find((one) =>
    one.steps ? names(one) && !isClosed(one.steps) && !isSaidAlone(one.text, brief) : !isSaid(one.text, brief),
  );
  if (marked) return marked.text;
  return tasks
    .flatMap(({ id, member }) => {
      const gives = value.includes(id) ? (brief.members.find(({ name }) => name === member)?.gives ?? {}) : {};
      return Object.keys(gives).flatMap((field) => [".", "->", "::", "'s "].map((by) => `${id}${by}${field}`));
    })
    .find((named) => stands(named, value) && !isSaid(named, brief));
}

/** Whether an address in a text of the task at a place names a task, or an input, that is there. */
function namesOf(tasks: readonly Task[], brief: Brief, at: number): (marked: Marked) => boolean {
  const ids = new Set(tasks.map(({ id }) => bareName(id)));
  const members = new Set(tasks.map(({ member }) => bareName(member)));
  const numbers = numbersOf(tasks.map(({ id, member }) => ({ id, written: id, member, aliases: [] })));
  // By the numbers in ids, else from 1: of a later task it is rather a price.
  const isCounted = (n: number | undefined): boolean => {
    if (n === undefined) return false;
    const place = numbers ? tasks.findIndex(({ id }) => id === numbers.get(n)) : n - 1;
    return place >= 0 && place < Math.min(at, tasks.length);
  };
  return ({ steps = [], prosy }) => {
    const [scope = "", ...inScope] = steps;
    const isScoped = inScope.length > 0 && scopes.has(bareName(scope)) && !ids.has(bareName(scope));
    const [head = "", field] = isScoped ? inScope : steps;
    const bare = bareName(head);
    const isBefore = previous.has(bare) && bare.length > (prosy ? "previous".length : "last".length);
    if (prosy) {
      const isField = field !== undefined && brief.members.some(({ gives }) => Object.hasOwn(gives, field));
      return (
        isBefore || (ids.has(bare) && (isField || /\p{L}.*\d/u.test(head))) || (/^[a-z]{3,}\d+$/.test(bare) && isCounted(numberIn(head)))
      );
    }
    if (isBefore || ids.has(bare) || members.has(bare) || isCounted(numberIn(head))) return true;
    return Object.hasOwn(brief.given, head) || (inputNames.has(bare) && field !== undefined && Object.hasOwn(brief.given, field));
  };
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

/** The same, and not as a part of something longer: `$1` is none of `$1.50`. */
const isSaidAlone = (text: string, { request, shown }: Brief): boolean =>
  [request, ...Object.values(shown)].some((said) => standsIn(said, text));
