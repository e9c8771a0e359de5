import { isRef, literalsOf, type Plan } from "../../graph/plan.js";
import type { Json } from "../../schema/json.js";
import type { Brief } from "../brief.js";
import { literalsIn } from "../words/literals/literals-in.js";
import { unreadDaysIn } from "../words/literals/unread-days.js";
import { saidOf } from "./with-parameters.js";

/**
 * Whether a plan has worked out a day or a time that its request does not say, or from a day that it says by where it lies from today
 * (`tomorrow`, `on 3 May`) anything that it does not: the same request means another one on another day.
 *
 * @example
 * isOfItsDay(plan, brief); // true: { day: "2026-11-30" } for "find flights for tomorrow"
 */
export function isOfItsDay(plan: Plan, { request, members }: Pick<Brief, "request" | "members">): boolean {
  const daysSaid = new Set(daysIn(request));
  if (literalsOf(plan).some((text) => daysIn(text).some((one) => !daysSaid.has(one)))) return true;
  if (unreadDaysIn(request).length === 0) return false;
  return plan.tasks.some(({ member, args }) => {
    const takes = members.find(({ name }) => name === member)?.takes ?? {};
    return Object.entries(args).some(([name, value]) => {
      const slot = takes[name];
      return slot !== undefined && !isRef(value) && saidOf(slot, value as Json, request).length === 0;
    });
  });
}

const daysIn = (text: string): readonly string[] =>
  literalsIn(text).flatMap(({ kind, value }) => (kind === "day" || kind === "time" ? [String(value)] : []));
