import type { Card } from "../brief.js";
import { memoOfTwo } from "../derive/memo-of-two.js";
import { wordsOf } from "../derive/words.js";
import { bare } from "./bare.js";
import { type Evidence, features, type Judged } from "./evidence.js";
import { kinship } from "./kinship.js";
import type { Part } from "./parts.js";
import { told } from "./told.js";
import { weights } from "./weights.js";

/** A member that a request asks for, by which of its parts. */
export interface Asked {
  readonly member: Card;
  readonly parts: readonly [Part, ...Part[]];
  /** How much more speaks for it than for nobody. */
  readonly margin: number;
}

/** Who is asked for, and the parts that ask nobody and are no arguments of the member before them either. */
export interface Chosen {
  readonly asked: readonly Asked[];
  readonly idle: readonly Part[];
}

/** What speaks for a member at a part, in one figure. */
const worth = (evidence: Evidence): number => features.reduce((sum, name) => sum + weights[name] * evidence[name], 0);

/** A member, and how much speaks for it. */
interface Rated {
  readonly member: Card;
  readonly score: number;
}

/**
 * Which members a request asks for, in its order, each with the parts that ask for it and those that only add to these. Nobody is asked
 * for at a part for which less than `none` speaks for the likeliest: never the nearest.
 */
export function choose(judged: readonly Judged[], members: readonly Card[], none: number): Chosen {
  const floor = ({ by }: Part) => none + (by === "comma" || by === "link" ? weights.tail : 0);
  const rated = judged.map(({ part, each }) => ({
    part,
    row: each.map(({ member, evidence }): Rated => ({ member, score: worth(evidence) })),
  }));
  // What acts on the world and is forbidden in one part is not done for another.
  const forbidden = new Set(
    rated.flatMap(({ part, row }) => {
      const top = part.negated ? best(row) : undefined;
      // Less speaks for it than for what is to be done: what may be meant is forbidden too.
      return top && top.score >= none / 2 ? [top.member] : [];
    }),
  );
  const open = rated.map(({ part, row }) => {
    const allowed = row.map((one) => (one.member.effects && forbidden.has(one.member) ? { ...one, score: Number.NEGATIVE_INFINITY } : one));
    const top = part.negated ? undefined : best(allowed);
    return { part, allowed, chosen: top && top.score >= floor(part) ? top.member : undefined };
  });
  const kin = memoOfTwo(kinship(members));
  const asked: { member: Card; parts: [Part, ...Part[]]; margin: number }[] = [];
  const idle: Part[] = [];
  const earlier = new Set<string>();
  for (const { part, allowed } of open) {
    const plain = bare({ text: told(part.text, earlier).fresh, by: part.by }, () => false);
    for (const word of wordsOf(part.text)) earlier.add(word);
    if (part.negated) continue;
    const last = asked.at(-1);
    const others = [...new Set(open.flatMap(({ part: of, chosen }) => (chosen && of !== part ? [chosen] : [])))];
    const near = (member: Card) => Math.max(0, ...others.filter((one) => one !== member).map((one) => kin(member, one)));
    const top = best(allowed.map(({ member, score }) => ({ member, score: score + near(member) })));
    const adds = last !== undefined && part.by !== "sentence" && addsTo(last.member, plain);
    if (!top || top.score < floor(part) || adds) {
      last?.parts.push(part);
      if (!adds) idle.push(part);
      continue;
    }
    const same = asked.find(({ member }) => member === top.member);
    if (same) same.parts.push(part);
    else asked.push({ member: top.member, parts: [part], margin: top.score - floor(part) });
  }
  return { asked, idle };
}

/** The likeliest; none where what speaks for some is no number. */
function best(row: readonly Rated[]): Rated | undefined {
  const most = Math.max(...row.map(({ score }) => score));
  return row.find(({ score }) => score === most);
}

/** More words than these say more than what an argument is. */
const fewWords = 6;

/** Whether a part says no more than arguments of a member: `a due date of 3 May`. */
function addsTo(member: Card, plain: string): boolean {
  const words = wordsOf(plain);
  const own = new Set(Object.values(member.takes).flatMap(({ name, description }) => wordsOf(`${name} ${description}`)));
  return words.length <= fewWords && 2 * words.filter((word) => own.has(word)).length >= words.length;
}
