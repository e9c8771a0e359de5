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

/** The first placeholder that stands inside a longer text. */
export function firstPlaceholder(text: string): string | undefined {
  for (const { inside } of spellings) {
    const found = inside?.exec(text);
    if (found) return found[0];
  }
  return undefined;
}
