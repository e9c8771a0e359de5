import { literalsOf, type Plan } from "../../graph/plan.js";
import type { Brief } from "../brief.js";
import { least } from "../derive/weights.js";
import { groundedFor } from "./literals/grounded.js";
import type { Literal } from "./literals/literal.js";
import { literalsIn } from "./literals/literals-in.js";
import { suits } from "./literals/suits.js";
import { unreadDaysIn } from "./literals/unread-days.js";
import { partsOf } from "./parts.js";
import type { Span } from "./quoted.js";

/** What a request says and no task takes. */
export interface NotTaken {
  readonly said: string;
  /** A place that could take it, which is left out; undefined where nobody at work has one. */
  readonly place?: { readonly member: string; readonly argument: string };
}

const kinds: ReadonlySet<Literal["kind"]> = new Set(["number", "day", "time", "language", "email", "url"]);

/**
 * What a plan leaves of the values that a request says, and of the days that it says so that no date can be read of them: what some
 * argument at work could take, and each day and time.
 */
export function notTaken(plan: Plan, { members }: Brief, request: string): readonly NotTaken[] {
  const { tasks } = plan;
  const literals = literalsIn(request);
  const negated = partsOf(request).filter((part) => part.negated);
  const slots = tasks.flatMap(({ member, args }) =>
    Object.values(members.find(({ name }) => name === member)?.takes ?? {}).map((slot) => ({ member, slot, value: args[slot.name] })),
  );
  const taken = slots.flatMap(({ slot, value }): readonly Span[] => {
    if (value === undefined) return [];
    const whole = JSON.stringify(value);
    const held = literals.filter((one) => one.value === value || one.text === value);
    return [...held, ...groundedFor(slot, request, literals).filter((one) => JSON.stringify(one.value) === whole)];
  });
  const free = slots.filter(({ value }) => value === undefined);
  const texts = literalsOf(plan).map((one) => one.toLowerCase());
  const left = (one: Span) => ![...taken, ...negated].some(({ start, end }) => start <= one.start && one.end <= end);
  const told = (one: Span, isTime: boolean, takes: (free: (typeof slots)[number]) => boolean): NotTaken[] => {
    if (!left(one)) return [];
    const said = request.slice(one.start, one.end);
    const place = free.find(takes);
    if (place) return [{ said, place: { member: place.member, argument: place.slot.name } }];
    return isTime && !texts.some((text) => text.includes(said.toLowerCase())) ? [{ said }] : [];
  };
  return [
    ...literals
      .filter(({ kind }) => kinds.has(kind))
      .flatMap((one) =>
        told(one, one.kind === "day" || one.kind === "time", ({ slot }) =>
          groundedFor(slot, request, literals).some(
            ({ start, end, score }) => start === one.start && end === one.end && score >= least.sayable,
          ),
        ),
      ),
    ...unreadDaysIn(request).flatMap((one) => told(one, true, ({ slot }) => suits(slot, "day") === 1)),
  ];
}
