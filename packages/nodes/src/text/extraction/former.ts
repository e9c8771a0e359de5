import { meansAny } from "./concepts/means-any.js";

/** What stands before a value that is not so any more, or was to be and is not. */
const before =
  /(?<!\p{L})(?:instead of|rather than|originally|previously|formerly|last year|(?:an)?statt|anstelle|ursprünglich|bisher|zuvor|vorjahr|au lieu|plutôt que|initialement|auparavant|précédemment|en lugar de|en vez de|originalmente|anteriormente|inicialmente|invece d\p{L}+|anziché|originariamente|in precedenza|em vez d\p{L}+|in plaats van|oorspronkelijk|voorheen|istället för|ursprungligen|tidigare|i stedet for|oprindelig\p{L}*|opprinnelig|tidligere|alun perin|aiemmin|zamiast|pierwotnie|poprzedni\p{L}*|původně|předchoz\p{L}*|eredetileg|korábban|în loc de|față de|inițial|umjesto|prvotno|вместо|первоначально|раньше|ранее|замість|спочатку|раніше|първоначално|αντί|αρχικά|προηγουμένως)(?!\p{L})|原定|原本|原来|之前|此前|当初|원래|당초|بدلاً? من|سابقاً?|पहले/iu;
/** What stands right behind one in languages that say it there. */
const behind = /^\P{L}*(?:yerine|sijaan|helyett|の代わり|ではなく|대신|के बजाय|की बजाय|की जगह)/iu;
const negated =
  /(?<!\p{L})(?:not|nicht|keine?[mnrs]?|pas|no|non|não|niet|inte|ikke|ei|eivät|nie|ne|nem|nu|не|δεν|όχι)(?!\p{L})|不是|अपितु|ليس/iu;
/** What stands behind the first of two of which the second is so: `not on 5 May, but on 6 May`. */
const corrected =
  /^(?: ?(?:Uhr|\p{Sc}|\p{Lu}{3}))?,? ?(?:but|sondern|mais|sino|ma|bensì|mas|maar|utan|men|vaan|ale|lecz|nýbrž|hanem|ci|već|а|але|αλλά)(?!\p{L})|^[,，]?而是/iu;
/** How far before a value its clause is looked at. */
const reach = 60;

/** Whether a value of a text is told as one that is not so any more, or not at all: `instead of 5 pm`, `not on 5 May, but`. */
export function isFormer(text: string, start: number, end: number): boolean {
  const [left = ""] = text
    .slice(Math.max(0, start - 2 * reach), start)
    .split(/[.;\n。；](?!\d)/u)
    .slice(-1);
  const [clause = ""] = left
    .slice(-reach)
    .split(/[,(，]/u)
    .slice(-1);
  const right = text.slice(end, end + reach);
  return before.test(clause) || behind.test(right) || (negated.test(left) && corrected.test(right));
}

/** Whether a field asks for such a value. */
export const asksFormer = (said: string): boolean => before.test(said) || meansAny(said, "previous");
