import { bare } from "./step.js";

/**
 * The one name that another is a spelling of: it differs in case or separators, or by one slip in letters that are not its first. What is
 * but near is another word: `height` is no `weight`, `minPrice` no `maxPrice`, `text1` no `text2`, and no label is `en` for `es`.
 */
export function misspelt(said: string, names: Iterable<string>): string | undefined {
  const one = bare(said);
  const all = [...new Set(names)].map((name) => [name, bare(name)] as const);
  const equal = all.filter(([, name]) => name !== "" && name === one);
  const [found, ...more] = equal.length > 0 ? equal : all.filter(([, name]) => isSlip(one, name));
  return more.length === 0 ? found?.[0] : undefined;
}

/** Whether two words differ by one letter too many, by two in the wrong order, or, where they are long, by another letter. */
function isSlip(a: string, b: string): boolean {
  const [long, short] = a.length > b.length ? [a, b] : [b, a];
  if (short.length < 4 || long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && long[at] === short[at]) at++;
  if (at === 0) return false;
  const rest = short.slice(at);
  const digits = (text: string) => text.replace(/\D/g, "");
  if (digits(long) !== digits(short)) return false;
  if (long.length > short.length) return long.slice(at + 1) === rest;
  const swapped = long[at] === short[at + 1] && long[at + 1] === short[at] && long.slice(at + 2) === short.slice(at + 2);
  return swapped || (short.length > 5 && long.slice(at + 1) === short.slice(at + 1));
}
