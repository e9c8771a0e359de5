import { literalsOf, type Plan } from "../../graph/plan.js";
import type { Brief } from "../brief.js";
import { conceptsOf } from "../derive/concepts.js";
import { least } from "../derive/weights.js";
import { isGreeted } from "./greeted.js";
import { groundedFor, isPointing } from "./literals/grounded.js";
import type { Literal } from "./literals/literal.js";
import { literalsIn } from "./literals/literals-in.js";
import { suits } from "./literals/suits.js";
import { unreadDaysIn } from "./literals/unread-days.js";
import { ownWords } from "./own-words.js";
import { partsOf } from "./parts.js";
import type { Span } from "./quoted.js";
import { tongueOf } from "./tongue.js";

/** What a request says and no task takes, and where. */
export interface NotTaken extends Span {
  readonly said: string;
  /** A place that could take it, which is left out; undefined where nobody at work has one. */
  readonly place?: { readonly member: string; readonly argument: string };
  /** It is said of all that is asked for, and not of what its clause asks for alone. */
  readonly when: boolean;
}

const kinds: ReadonlySet<Literal["kind"]> = new Set(["number", "day", "time", "language", "email", "url"]);

/**
 * What a plan leaves of the values that a request says, and of the days that it says so that no date can be read of them, whether or not
 * some argument at work could take it.
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
  const own = ownWords(plan, members);
  const left = (one: Span) => ![...taken, ...negated].some(({ start, end }) => start <= one.start && one.end <= end);
  const told = (one: Span, isNew: () => boolean, when: boolean, takes: (free: (typeof slots)[number]) => boolean): NotTaken[] => {
    if (!left(one)) return [];
    const { start, end } = one;
    const said = request.slice(start, end);
    const place = free.find(takes);
    if (place) return [{ said, start, end, when, place: { member: place.member, argument: place.slot.name } }];
    return !texts.some((text) => text.includes(said.toLowerCase())) && isNew() ? [{ said, start, end, when }] : [];
  };
  const said = [
    ...literals.flatMap((one) => {
      const when = one.kind === "day" || one.kind === "time";
      return told(
        one,
        () => when || saysMore(one, request, own, literals),
        when,
        ({ slot }) =>
          kinds.has(one.kind) &&
          groundedFor(slot, request, literals).some(
            ({ start, end, score }) => start === one.start && end === one.end && score >= least.sayable,
          ),
      );
    }),
    ...unreadDaysIn(request).flatMap((one) =>
      told(
        one,
        () => true,
        true,
        ({ slot }) => suits(slot, "day") === 1,
      ),
    ),
  ];
  return said.filter(
    (one, i) =>
      !said.some(
        (other, j) => other.start <= one.start && one.end <= other.end && (j < i || one.end - one.start < other.end - other.start),
      ),
  );
}

/** Whether a value says more than those at work say themselves, than how much another value is, and than whom a letter greets. */
function saysMore(one: Literal, request: string, own: ReadonlySet<string>, all: readonly Literal[]): boolean {
  const { kind, text, start, end } = one;
  if (kind === "number") {
    if (isPointing(one, request)) return false;
    // `one room`, `1 hotel room`
    return (
      one.value !== 1 ||
      !conceptsOf(request.slice(end, end + 24))
        .slice(0, 2)
        .some((word) => own.has(word))
    );
  }
  if (kind === "currency") return !all.some((other) => other.kind === "number" && start - other.end <= 1 && other.start - end <= 1);
  if (kind !== "name" && kind !== "code") return true;
  // Where all is in capitals they tell nothing.
  if (request === request.toUpperCase() && !/\d/.test(text)) return false;
  const front = request.slice(0, start);
  // In German every noun has a capital: whom or what it is for stands bare, `für Anna`, `mit Frühstück`.
  if (kind === "name" && !/\s/.test(text) && tongueOf(request) === "de" && !bareIn.test(front)) return false;
  return !isGreeted(request, start) && conceptsOf(text).some((word) => !own.has(word));
}

const bareIn = /(?<!\p{L})(?:für|von|mit|an|in|nach|bei|aus|ab|über|via|gegen|unter|auf|per)\s+$/iu;
