import type { Candidate } from "./candidate.js";
import { neighbours } from "./neighbours.js";

type Span = Pick<Candidate, "start" | "end">;

/** How far two values that are said together stand apart at most. */
const farthest = 24;
const blank = "[^\\S\\n]";
const unit = `(?:${blank}?(?:\\p{Sc}|%|\\p{L}{1,8}\\.?))?`;
const front = `(?:${blank}?(?:\\p{Sc}|\\p{L}{3}))?`;
const or = "or|oder|ou|o|u|eller|tai|lub|albo|nebo|alebo|vagy|sau|ili|veya|или|або|ή|hoặc|atau";
const to = "to|up to|bis|bis zu|till|until|tot|hasta|até|fino a|til|do|до|έως";
const and = "and|und|et|y|e|en|och|og|ja|i|a|és|și|ve|и|та|και";
const between = "between|zwischen|entre|tra|fra|tussen|mellan|mellem|mellom|między|pomiędzy|mezi|medzi|între|između|между|між|μεταξύ";

/** Words that join two values on a line, a unit before them and a currency behind; the latter words in scripts that part none. */
const link = (words: string, unparted = "(?!)") =>
  new RegExp(`^${unit},?${blank}?(?:(?<!\\p{L})(?:${words})(?!\\p{L})|${unparted})${front}${blank}?$`, "iu");
const alternative = link(or, "または|或者?|또는");
const range = link(to, "から|至|到");
const joined = link(and);
const opening = new RegExp(`(?<!\\p{L})(?:${between})${front}${blank}?$`, "iu");

/** The values of a text that are said as one of two: `10 or 12`. */
export const alternatives = (text: string, values: readonly Span[]): ReadonlySet<Span> =>
  pairs(values, (first, second) => alternative.test(text.slice(first.end, second.start)));

/** The numbers of a text that are said as an end of what something may be: `10 to 12`, `between 10 and 12`. */
export const endsOf = (text: string, values: readonly Span[]): ReadonlySet<Span> =>
  pairs(values, (first, second) => {
    const amid = text.slice(first.end, second.start);
    return range.test(amid) || (joined.test(amid) && opening.test(text.slice(Math.max(0, first.start - farthest), first.start)));
  });

const pairs = (values: readonly Span[], together: (first: Span, second: Span) => boolean): ReadonlySet<Span> =>
  new Set(neighbours(values, farthest).flatMap(([first, second]) => (together(first, second) ? [first, second] : [])));
