import { literalsOf, type Plan } from "../../graph/plan.js";
import { isGreeted } from "./greeted.js";
import type { Literal } from "./literals/literal.js";
import { literalsIn } from "./literals/literals-in.js";

/** A value that a request says beside one that an argument holds, and that nothing takes. */
export interface SaidBeside {
  readonly member: string;
  readonly argument: string;
  readonly held: string;
  readonly beside: string;
}

/** What puts two values side by side: `12 and 14`, `Does Anna pay? Does Ben?`. */
const joining = /[,;.?!&]|(?<![\p{L}\d])(?:and|or|und|oder|sowie|y|e|o|u)(?![\p{L}\d])/iu;

/** What makes a range of two numbers, `8 to 10`, or of two days. */
const ranging = /^\s*(?:to|through|bis|al?|[–-])\s*(?:(?:the|zum|el)\s+)?$/iu;
const lasting = /^\s*(?:to|until|till|through|bis|hasta|al?|[–-])\s*(?:(?:the|zum|el)\s+)?$/iu;

/**
 * What a plan leaves of several values that a request says side by side: of `book rooms 12 and 14` a plan that books 12 leaves 14. Only
 * values of one kind are side by side, such as two numbers or two names.
 */
export function saidBeside({ tasks }: Plan, request: string): readonly SaidBeside[] {
  const places = tasks.flatMap((task) =>
    Object.entries(task.args).map(([argument, value]) => ({
      member: task.member,
      argument,
      holds: new Set(literalsOf({ tasks: [{ ...task, args: { [argument]: value } }], output: {} }).map((one) => one.toLowerCase())),
    })),
  );
  const placeOf = ({ value, text }: Literal) =>
    places.find(({ holds }) => holds.has(String(value).toLowerCase()) || holds.has(text.toLowerCase()));
  const all = literalsIn(request);
  const parted = (one: Literal, other: Literal) => {
    const between = request.slice(Math.min(one.end, other.end), Math.max(one.start, other.start));
    return joining.test(between) || (one.kind === "number" && ranging.test(between)) || (one.kind === "day" && lasting.test(between));
  };
  // A code that has capitals is no name, and whom a letter greets is nobody beside others.
  const isNoName = ({ kind, start, end }: Literal) =>
    kind === "name" &&
    (isGreeted(request, start) || all.some((other) => other.kind === "code" && other.start === start && other.end === end));
  const isPart = (one: Literal) => all.some((other) => other !== one && other.start <= one.start && one.end <= other.end);
  return all.flatMap((one): SaidBeside[] => {
    if (placeOf(one) || isPart(one) || isNoName(one)) return [];
    const held = all.find((other) => other.kind === one.kind && !isNoName(other) && placeOf(other) && parted(one, other));
    const place = held && placeOf(held);
    return place ? [{ member: place.member, argument: place.argument, held: held.text, beside: one.text }] : [];
  });
}
