import type { Candidate } from "./candidate.js";
import { neighbours } from "./neighbours.js";

const linked =
  /^\s*(?:Uhr|h|hrs?|klo|kl\.?|\p{Sc}|\p{L}{1,4}\.?|euros?)?\s*(?:[-–—~〜～]|to|until|till|and|bis(?: zum)?|à|a|al|alle|às|as|até|hasta|y|tot|til|do|až|i|la|până la|ile|до|по|na|στ\p{L}{2,3}|auf|έως|μέχρι|至|到|から|より|부터|إلى|حتى|से)\s*(?:las?|le|las|the|zum|下午|上午|午後|午前|오전|오후|kl\.?|ca\.?|etwa|about|approx\.?|около|der|den|il|o|\p{Sc}|\p{Lu}{3})?\s*$/iu;

/** How far two values of a range stand apart at most. */
const farthest = 24;

/** The ranges of a text, and what goes from one value to another: their first and their second candidates. */
export const rangesOf = (text: string, candidates: readonly Candidate[]): (readonly [Candidate, Candidate])[] =>
  neighbours(candidates, farthest).filter(([first, second]) => linked.test(text.slice(first.end, second.start)));

/** Which end of a range each candidate is: 1 the first, -1 the second. */
export const rangeEnds = (text: string, candidates: readonly Candidate[]): ReadonlyMap<Candidate, 1 | -1> =>
  new Map(rangesOf(text, candidates).flatMap(([first, second]) => [[first, 1] as const, [second, -1] as const]));
