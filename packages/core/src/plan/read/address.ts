import { longest, spellings } from "./spellings.js";

/** What a text that may be a ref says: the steps of its address, and how sure it is that it is no text. */
export interface Address {
  readonly steps: readonly string[];
  /** Where bare numbers in it count from, unless the plan shows otherwise. */
  readonly from: 0 | 1;
  /** Its number is a place in a list, whatever numbers ids have: `steps[0]`. */
  readonly place: boolean;
  readonly sure: boolean;
}

/** The ways to read a text as a placeholder, the surest first: `{{ steps[0].output["loud"] }}`, `$1.loud`, `<t1>`. */
export function addressesIn(text: string): readonly Address[] {
  const said = text.trim();
  if (said === "" || said.length > longest) return [];
  return spellings.flatMap(({ whole, sure, from }): Address[] => {
    const match = whole.exec(said);
    if (!match) return [];
    const inner = match.slice(1).filter(Boolean).join(".");
    const place = /^[.\s]*[\p{L}\p{N}_]+\[\d+\]/u.test(inner);
    return [{ steps: stepsOf(inner), from: place ? 0 : (from ?? 1), place, sure }];
  });
}

/** `steps[0].output["loud"]`, `t1->loud`, `/tasks/t1/loud`, step by step. */
export function stepsOf(address: string): readonly string[] {
  if (address.length > longest) return [address];
  return address
    .replace(/\[["'`]?([\p{L}\p{N}_ -]+)["'`]?\]/gu, ".$1")
    .replace(/->|::|[/:]/g, ".")
    .split(".")
    .map((step) => step.trim().replace(/^["'`$#<{]+|["'`$>}]+$/g, ""))
    .filter((step) => step !== "");
}

/** What stands inside a longer text as a ref does. */
export interface Marked {
  readonly text: string;
  /** Absent: it is a placeholder, whatever it names. */
  readonly steps?: readonly string[];
  /** Prose marks words so too. */
  readonly prosy: boolean;
}

/** All that stands inside a longer text as a ref does, those first that are placeholders whatever they name. */
export function markedIn(text: string): readonly Marked[] {
  const sure = spellings.flatMap(({ inside }): Marked[] =>
    inside ? [...text.matchAll(new RegExp(inside, `${inside.flags}g`))].map(([one]) => ({ text: one, prosy: false })) : [],
  );
  const named = spellings.flatMap(({ marked, prosy = false }): Marked[] =>
    marked ? [...text.matchAll(marked)].map(([one, ...groups]) => ({ text: one, steps: stepsOf(groups.find(Boolean) ?? ""), prosy })) : [],
  );
  // Once each, however often it stands there.
  return [...new Map([...sure, ...named].map((one) => [`${one.steps ? "named" : "sure"} ${one.text}`, one])).values()];
}
