import { everything, one, type Ranges, ranges } from "./ranges.js";
import { type Term, terms } from "./terms.js";

export interface Language {
  /** No text; the empty text; any text. */
  readonly none: Term;
  readonly blank: Term;
  readonly all: Term;
  set(characters: Ranges): Term;
  text(literal: string): Term;
  sequence(...parts: readonly Term[]): Term;
  either(...parts: readonly Term[]): Term;
  both(...parts: readonly Term[]): Term;
  not(part: Term): Term;
  repeated(part: Term, min: number, max: number): Term;
}

/**
 * Makes regular languages, with intersection and complement, by derivatives (Brzozowski 1964; Owens, Reppy and Turon 2009).
 * @throws TroupeError `SCHEMA_UNSUPPORTED`, from its functions and those of its terms, where that takes too much work
 * @example const { set, repeated } = language(); repeated(set([[48, 57]]), 1, 3)
 */
export function language(): Language {
  const { term, flat, partsOf } = terms();
  const none: Term = term("none", "", [], { empty: false, firsts: [], after: () => none });
  const blank: Term = term("blank", "", [], { empty: true, firsts: [], after: () => none });

  const set = (characters: Ranges): Term =>
    characters.length === 0
      ? none
      : term("set", JSON.stringify(characters), [], {
          empty: false,
          firsts: [characters],
          after: (c) => (characters.some(([from, to]) => c >= from && c <= to) ? blank : none),
        });

  const pair = (a: Term, b: Term): Term => {
    if (a === none || b === none) return none;
    if (a === blank) return b;
    if (b === blank) return a;
    return term("pair", ids([a, b]), [a, b], {
      empty: a.empty && b.empty,
      firsts: a.empty ? [...new Set([...a.firsts, ...b.firsts])] : a.firsts,
      after: (c) => (a.empty ? either(pair(a.after(c), b), b.after(c)) : pair(a.after(c), b)),
    });
  };
  const sequence = (...parts: readonly Term[]): Term => parts.reduceRight((rest, part) => pair(part, rest), blank);

  const either = (...parts: readonly Term[]): Term => {
    const members = flat("either", parts).filter((part) => part !== none);
    if (members.includes(all)) return all;
    if (members.length < 2) return members[0] ?? none;
    return term("either", ids(members), members, {
      empty: members.some((part) => part.empty),
      firsts: [...new Set(members.flatMap((part) => part.firsts))],
      after: (c) => either(...members.map((part) => part.after(c))),
    });
  };

  const both = (...parts: readonly Term[]): Term => {
    const members = flat("both", parts).filter((part) => part !== all);
    if (members.includes(none)) return none;
    if (members.length < 2) return members[0] ?? all;
    return term("both", ids(members), members, {
      empty: members.every((part) => part.empty),
      firsts: [...new Set(members.flatMap((part) => part.firsts))],
      after: (c) => both(...members.map((part) => part.after(c))),
    });
  };

  const not = (part: Term): Term => {
    const [inside] = partsOf("not", part) ?? [];
    if (inside) return inside;
    return term("not", ids([part]), [part], {
      empty: !part.empty,
      firsts: [everything, ...part.firsts],
      after: (c) => not(part.after(c)),
    });
  };
  const all = not(none);

  const repeated = (part: Term, min: number, max: number): Term => {
    const least = part.empty ? 0 : min;
    if (max === 0) return blank;
    if (part === none || part === blank) return least === 0 ? blank : part;
    if (least === 1 && max === 1) return part;
    return term("repeated", `${part.id} ${least} ${max}`, [part], {
      empty: least === 0,
      firsts: part.firsts,
      after: (c) => pair(part.after(c), repeated(part, Math.max(0, least - 1), max - 1)),
    });
  };

  const text = (literal: string): Term => sequence(...[...literal].map((character) => set(ranges(one(character)))));
  return { none, blank, all, set, text, sequence, either, both, not, repeated };
}

const ids = (parts: readonly Term[]) => parts.map(({ id }) => id).join(" ");
