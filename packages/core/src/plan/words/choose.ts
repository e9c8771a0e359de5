import type { Card } from "../brief.js";
import { memoOfTwo } from "../derive/memo-of-two.js";
import { wordsOf } from "../derive/words.js";
import { bare } from "./bare.js";
import { type Evidence, features } from "./evidence.js";
import { kinship } from "./kinship.js";
import type { Part } from "./parts.js";
import { told } from "./told.js";
import { weights } from "./weights.js";

/** A member that a request asks for, by which of its parts. */
export interface Asked {
  readonly member: Card;
  readonly parts: readonly Part[];
  /** How much more speaks for it than for nobody. */
  readonly margin: number;
}

/** Who is asked for, and the parts that ask nobody and are no arguments of the member before them either. */
export interface Chosen {
  readonly asked: readonly Asked[];
  readonly idle: readonly Part[];
}

/** What speaks for a member at a part, in one figure. */
export const worth = (evidence: Evidence): number => features.reduce((sum, name) => sum + weights[name] * evidence[name], 0);

/**
 * Which members a request asks for, in its order, each with the parts that ask for it and those that only add to these. Nobody is asked
 * for at a part for which less than `none` speaks for the likeliest: never the nearest.
 */
export function choose(parts: readonly Part[], members: readonly Card[], scores: readonly (readonly number[])[], none: number): Chosen {
  const floor = ({ by }: Part) => none + (by === "comma" || by === "link" ? weights.tail : 0);
  // What acts on the world and is forbidden in one part is not done for another.
  const forbidden = new Set(
    parts.flatMap(({ negated }, i) => {
      const top = negated ? best(scores[i]!) : undefined;
      // Less speaks for it than for what is to be done: what may be meant is forbidden too.
      return top && top.score >= none / 2 ? [top.at] : [];
    }),
  );
  const allowed = scores.map((row) => row.map((score, m) => (members[m]!.effects && forbidden.has(m) ? Number.NEGATIVE_INFINITY : score)));
  const chosen = allowed.map((row, i) => {
    const top = parts[i]!.negated ? undefined : best(row);
    return top && top.score >= floor(parts[i]!) ? top.at : undefined;
  });
  const kin = memoOfTwo(kinship(members));
  const asked: { at: number; parts: Part[]; margin: number }[] = [];
  const idle: Part[] = [];
  const earlier = new Set<string>();
  for (const [i, part] of parts.entries()) {
    const plain = bare({ text: told(part.text, earlier).fresh, by: part.by }, () => false);
    for (const word of wordsOf(part.text)) earlier.add(word);
    if (part.negated) continue;
    const last = asked.at(-1);
    const others = [...new Set(chosen.filter((one, j): one is number => one !== undefined && j !== i))];
    const top = best(allowed[i]!.map((score, m) => score + Math.max(0, ...others.filter((one) => one !== m).map((one) => kin(m, one)))));
    const adds = last !== undefined && part.by !== "sentence" && addsTo(members[last.at]!, plain);
    if (!top || top.score < floor(part) || adds) {
      last?.parts.push(part);
      if (!adds) idle.push(part);
      continue;
    }
    const same = asked.find(({ at }) => at === top.at);
    if (same) same.parts.push(part);
    else asked.push({ at: top.at, parts: [part], margin: top.score - floor(part) });
  }
  return { asked: asked.map(({ at, ...rest }) => ({ member: members[at]!, ...rest })), idle };
}

function best(row: readonly number[]): { readonly at: number; readonly score: number } | undefined {
  const score = Math.max(...row);
  return row.length ? { at: row.indexOf(score), score } : undefined;
}

/** More words than these say more than what an argument is. */
const fewWords = 6;

/** Whether a part says no more than arguments of a member: `a due date of 3 May`. */
function addsTo(member: Card, plain: string): boolean {
  const words = wordsOf(plain);
  const own = new Set(Object.values(member.takes).flatMap(({ name, description }) => wordsOf(`${name} ${description}`)));
  return words.length <= fewWords && 2 * words.filter((word) => own.has(word)).length >= words.length;
}
