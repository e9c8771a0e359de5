import type { Rules } from "./rules.js";

/** llama.cpp takes all memory and time for much more. */
const mostCounted = 1000;

/** A rule, or undefined for one that nothing fits. */
type Maybe = string | undefined;

interface Member {
  readonly rule: string;
  readonly must: boolean;
}

export interface Containers {
  alternatives(all: readonly Maybe[]): Maybe;
  /** A list of some of these values, each once, in any order. */
  distinct(values: readonly string[], least: number, most: number): Maybe;
  /** Items in their places, those past the fewest left out from the end; then so many of `open`. */
  tuple(items: readonly Maybe[], open: Maybe, least: number, most?: number): Maybe;
  /** An object of these members in their order and then others, and of so many in all. */
  object(members: readonly Member[], other: Maybe, least: number, most?: number): Maybe;
}

/** Makes the rules of lists, objects and unions out of those of their parts. */
export function containers(rules: Rules): Containers {
  const alternatives = (all: readonly Maybe[]): Maybe => {
    const possible = [...new Set(all.filter((one): one is string => one !== undefined))];
    return possible.length > 1 ? rules.add(possible.join(" | ")) : possible[0];
  };

  const distinct = (values: readonly string[], least: number, most: number): Maybe => {
    const known = new Map<number, Maybe>();
    const rest = (taken: number, count: number): Maybe => {
      if (known.has(taken)) return known.get(taken);
      const more = values.flatMap((value, i) => {
        if (taken & (1 << i) || count >= most) return [];
        const after = rest(taken | (1 << i), count + 1);
        return after === undefined ? [] : [`${count === 0 ? "" : '"," ws '}${rules.literal(value)} ${after}`];
      });
      const made = alternatives([...(count >= least ? ['""'] : []), ...more]);
      known.set(taken, made);
      return made;
    };
    const all = rest(0, 0);
    return all && rules.add(`"[" ws ${all} ws "]"`);
  };

  const tuple = (items: readonly Maybe[], open: Maybe, least: number, most = Number.POSITIVE_INFINITY): Maybe => {
    const comma = (i: number) => (i === 0 ? "" : '"," ws ');
    const needed = Math.max(0, least - items.length);
    if (needed > 0 && !open) return undefined;
    let rest: Maybe = open && most > items.length ? `(${comma(items.length)}${open})${times(needed, most - items.length)}` : "";
    for (let i = Math.min(items.length, most) - 1; i >= 0; i--) {
      const item = items[i];
      const taken: Maybe = item === undefined || rest === undefined ? undefined : `${comma(i)}${item} ${rest}`;
      if (i < least) rest = taken && rules.add(taken);
      else rest = taken === undefined ? "" : `(${rules.add(taken)})?`;
    }
    return rest === undefined ? undefined : rules.add(`"[" ws ${rest} ws "]"`);
  };

  const object = (members: readonly Member[], other: Maybe, least: number, most = Number.POSITIVE_INFINITY): Maybe => {
    const cap = Math.max(1, least, most === Number.POSITIVE_INFINITY ? 0 : Math.min(most, members.length + 1));
    const known = new Map<string, Maybe>();
    const comma = (count: number) => (count === 0 ? "" : '"," ws ');
    /** What may follow the first `i` members, of which `count` stand. */
    const rest = (i: number, count: number): Maybe => {
      const key = `${i} ${count}`;
      const member = members[i];
      if (!known.has(key)) known.set(key, member ? alternatives(choices(member, i, count)) : last(count));
      return known.get(key);
    };
    const choices = (member: Member, i: number, count: number): Maybe[] => {
      const after = count >= most ? undefined : rest(i + 1, Math.min(cap, count + 1));
      const taken = after && rules.add(`${comma(count)}${member.rule} ${after}`);
      return member.must ? [taken] : [taken, rest(i + 1, count)];
    };
    const last = (count: number): Maybe => {
      const needed = Math.max(0, least - count);
      const free = most - count;
      if (needed > (other ? free : 0) || free < 0) return undefined;
      if (!other || free === 0) return '""';
      const upTo = free === Number.POSITIVE_INFINITY ? undefined : free;
      if (count > 0) return rules.add(`("," ws ${other})${times(needed, upTo)}`);
      const some = `${other} ("," ws ${other})${times(Math.max(0, needed - 1), upTo === undefined ? undefined : upTo - 1)}`;
      return rules.add(needed > 0 ? some : `(${some})?`);
    };
    const inside = rest(0, 0);
    return inside === undefined ? undefined : rules.add(`"{" ws ${inside} ws "}"`);
  };

  return { alternatives, distinct, tuple, object };
}

/** A list of so many of one thing. */
export function listed(item: Maybe, least: number, most: number | undefined): Maybe {
  if (most !== undefined && most < least) return undefined;
  if (item === undefined || most === 0) return least > 0 ? undefined : '"[" ws "]"';
  const some = `${item} ("," ws ${item})${times(Math.max(0, least - 1), most === undefined ? undefined : most - 1)}`;
  return least > 0 ? `"[" ws ${some} ws "]"` : `"[" ws (${some} ws)? "]"`;
}

/** A repetition; bounds too large to be written out are left to validation. */
export function times(least: number, most: number | undefined): string {
  const from = Math.min(least, mostCounted);
  return most === undefined || most > mostCounted ? (from === 0 ? "*" : `{${from},}`) : `{${from},${most}}`;
}
