import { machine, type State } from "./automaton.js";
import type { Ranges } from "./ranges.js";

/** What a number must keep to. */
export interface Bounds {
  readonly integer: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
}

/** Digits that every double tells apart; of multiples fewer, for each takes as many states as there are remainders. */
const mostDigits = 15;
const mostOfMultiples = 9;
/** Digits after the point, where no bound needs more. */
const usualFraction = 6;
const mostStates = 4000;

interface Edge {
  readonly whole: string;
  readonly fraction: string;
  readonly included: boolean;
}

/** A number as it is read: where it stands to both bounds, its digits, and what is left of it by the step. */
interface Read {
  readonly sign: "start" | "plus" | "minus";
  readonly part: "none" | "zero" | "whole" | "point" | "fraction";
  readonly digits: number;
  readonly places: number;
  readonly low: -1 | 0 | 1;
  readonly high: -1 | 0 | 1;
  readonly rest: number;
}

/** The machine of the decimals within bounds, of up to 15 digits; `nothing` where there is none, undefined where it would be too large. */
export function numberMachine(bounds: Bounds): readonly State[] | "nothing" | undefined {
  const low = edge(bounds.minimum, bounds.exclusiveMinimum, Math.max);
  const high = edge(bounds.maximum, bounds.exclusiveMaximum, Math.min);
  const step = stepOf(bounds.multipleOf);
  const longest = step ? mostOfMultiples : mostDigits;
  if (step && step.units > 1000) return undefined;
  const places = bounds.integer
    ? 0
    : step
      ? step.places
      : Math.min(
          mostDigits,
          Math.max(usualFraction, ...[low, high].map((one) => (one ? digitsOf(Math.abs(one.at)).fraction.length + 1 : 0))),
        );
  // What lies below zero is held to the bounds turned round.
  const sides = { plus: side(low, high), minus: side(turned(high), turned(low)) };
  // There is no minus zero.
  if (sides.minus && !(sides.minus.low && Number(`${sides.minus.low.whole}.${sides.minus.low.fraction}`) > 0))
    sides.minus = { ...sides.minus, low: { whole: "0", fraction: "", included: false } };

  const accepts = (state: Read): boolean => {
    if (state.part !== "zero" && state.part !== "whole" && state.part !== "fraction") return false;
    const held = state.sign !== "start" && sides[state.sign];
    if (!held || !endsWithin(state, held.low, held.high)) return false;
    return !step || (state.rest * 10 ** (step.places - state.places)) % step.units === 0;
  };

  const next = (state: Read): [Ranges, Read][] => {
    if (state.sign === "start") {
      const plus = next({ ...state, sign: "plus" });
      return sides.minus ? [...plus, [[[45, 45]], { ...state, sign: "minus" }]] : plus;
    }
    const held = sides[state.sign];
    if (!held) return [];
    const { low, high } = held;
    const found: [Ranges, Read][] = [];
    const take = (digit: number): Read | undefined => {
      const inFraction = state.part === "point" || state.part === "fraction";
      if (state.part === "zero" || state.digits >= longest) return undefined;
      if (inFraction ? state.places >= places : high && state.digits >= high.whole.length) return undefined;
      const at = inFraction ? state.places : state.digits;
      const compared = (one: Edge | undefined, so: -1 | 0 | 1) => {
        const text = inFraction ? one?.fraction : one?.whole;
        if (text === undefined || (so !== 0 && (inFraction || at < text.length))) return so;
        // Past the last digit of a bound's whole part, the number is the larger one.
        if (!inFraction && at >= text.length) return 1;
        return Math.sign(digit - Number(text[at] ?? 0)) as -1 | 0 | 1;
      };
      return {
        ...state,
        part: inFraction ? "fraction" : state.part === "none" && digit === 0 ? "zero" : "whole",
        digits: state.digits + 1,
        places: inFraction ? state.places + 1 : 0,
        low: compared(low, state.low),
        high: compared(high, state.high),
        rest: step ? (state.rest * 10 + digit) % step.units : 0,
      };
    };
    for (let digit = 0; digit <= 9; digit++) {
      const taken = take(digit);
      if (taken && !(taken.part === "fraction" && beyond(taken))) found.push([[[48 + digit, 48 + digit]], taken]);
    }
    if ((state.part === "zero" || state.part === "whole") && places > 0) {
      const point: Read = { ...state, part: "point", low: settled(low, state, state.low), high: settled(high, state, state.high) };
      if (!beyond(point)) found.push([[[46, 46]], point]);
    }
    return found;
  };

  const start: Read = { sign: "start", part: "none", digits: 0, places: 0, low: 0, high: 0, rest: 0 };
  return machine(start, mostStates, (state) => ({
    key: Object.values(state).join(),
    accepts: accepts(state),
    edges: () => next(state),
  }));
}

/** Where a whole part that has ended stands to a bound's: one of more digits is more. */
function settled(one: Edge | undefined, { digits }: Read, so: -1 | 0 | 1): -1 | 0 | 1 {
  if (!one) return 0;
  return digits < one.whole.length ? -1 : so;
}

/** Below the lower bound or above the upper one, whatever follows. */
const beyond = (state: Read): boolean => state.low === -1 || state.high === 1;

function endsWithin(state: Read, low: Edge | undefined, high: Edge | undefined): boolean {
  const inFraction = state.part === "fraction";
  const so = (one: Edge | undefined, was: -1 | 0 | 1) => (inFraction ? was : settled(one, state, was));
  const left = (one: Edge) => Number(one.fraction.slice(inFraction ? state.places : 0) || 0) > 0;
  if (low) {
    const stands = so(low, state.low);
    if (stands === -1 || (stands === 0 && (left(low) || !low.included))) return false;
  }
  if (high) {
    const stands = so(high, state.high);
    if (stands === 1 || (stands === 0 && !left(high) && !high.included)) return false;
  }
  return true;
}

interface Limit {
  readonly at: number;
  readonly included: boolean;
}

/** The narrower of a bound that belongs to the numbers and one that does not. */
function edge(included: number | undefined, excluded: number | undefined, narrower: (a: number, b: number) => number): Limit | undefined {
  if (included === undefined) return excluded === undefined ? undefined : { at: excluded, included: false };
  if (excluded === undefined || narrower(included, excluded) !== excluded) return { at: included, included: true };
  return { at: excluded, included: false };
}

const turned = (limit: Limit | undefined): Limit | undefined => limit && { ...limit, at: -limit.at };

/** The bounds of what is not negative, as digits; undefined where nothing is. */
function side(low: Limit | undefined, high: Limit | undefined): { low: Edge | undefined; high: Edge | undefined } | undefined {
  if (high && (high.at < 0 || (high.at === 0 && !high.included))) return undefined;
  const digits = (limit: Limit): Edge => ({ ...digitsOf(limit.at), included: limit.included });
  return { low: low && low.at >= 0 ? digits(low) : undefined, high: high && digits(high) };
}

/** The digits of a number that is not negative, before and after the point. */
function digitsOf(value: number): { whole: string; fraction: string } {
  const [mantissa = "", power = "0"] = String(value).split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const by = Number(power);
  if (by >= 0) return { whole: trimmed(whole + fraction.slice(0, by).padEnd(by, "0")), fraction: fraction.slice(by) };
  const all = whole.padStart(1 - by, "0") + fraction;
  const at = Math.max(whole.length, 1 - by) + by;
  return { whole: trimmed(all.slice(0, at)), fraction: all.slice(at) };
}

const trimmed = (whole: string): string => whole.replace(/^0+(?=.)/, "");

/** A step as so many units of so many places after the point. */
function stepOf(multipleOf: number | undefined): { units: number; places: number } | undefined {
  if (!multipleOf || multipleOf <= 0) return undefined;
  const { whole, fraction } = digitsOf(multipleOf);
  return { units: Number(whole + fraction), places: fraction.length };
}
