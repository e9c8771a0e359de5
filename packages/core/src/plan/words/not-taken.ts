import type { Plan } from "../../graph/plan.js";
import type { Brief } from "../brief.js";
import { least } from "../derive/weights.js";
import { groundedFor } from "./literals/grounded.js";
import type { Literal } from "./literals/literal.js";
import { literalsIn } from "./literals/literals-in.js";
import { suits } from "./literals/suits.js";
import { unreadDaysIn } from "./literals/unread-days.js";
import { partsOf } from "./parts.js";
import type { Span } from "./quoted.js";

/** What a request says and no task takes, though an argument of a member at work could, which is left out. */
export interface NotTaken {
  readonly member: string;
  readonly argument: string;
  readonly said: string;
}

const kinds: ReadonlySet<Literal["kind"]> = new Set(["number", "day", "time", "language", "email", "url"]);

/** What a plan leaves of the values that a request says, and of the days that it says so that no date can be read of them. */
export function notTaken({ tasks }: Plan, { members }: Brief, request: string): readonly NotTaken[] {
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
  const left = (one: Span) => ![...taken, ...negated].some(({ start, end }) => start <= one.start && one.end <= end);
  const told = (one: Span, takes: (free: (typeof slots)[number]) => boolean): NotTaken[] => {
    const place = left(one) ? free.find(takes) : undefined;
    return place ? [{ member: place.member, argument: place.slot.name, said: request.slice(one.start, one.end) }] : [];
  };
  return [
    ...literals
      .filter(({ kind }) => kinds.has(kind))
      .flatMap((one) =>
        told(one, ({ slot }) =>
          groundedFor(slot, request, literals).some(
            ({ start, end, score }) => start === one.start && end === one.end && score >= least.sayable,
          ),
        ),
      ),
    ...unreadDaysIn(request).flatMap((one) => told(one, ({ slot }) => suits(slot, "day") === 1)),
  ];
}
