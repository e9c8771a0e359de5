import { knownBeside } from "./concepts/known.js";
import type { Line } from "./lines.js";
import { mailHead } from "./mail-head.js";

/** The lines in which the one who a letter goes to is looked for, and those behind a closing formula in which who signs is. */
const [headLines, signLines] = [16, 4];
/** The longest closing formula, and how well it must read as one. */
const [longestFormula, sure] = [45, 0.9];
const postal =
  /(?<!\d)\d{3} ?\d{2}(?!\d)|(?<!\d)\d{4,6}(?!\d)|\d{3}-\d{4}|\d{2}-\d{3}|(?<![\p{Script=Latin}\d])[A-Z]{1,2}\d{1,2}[A-Z]? ?\d[A-Z]{2}(?![\p{Script=Latin}\d])/u;

/** Where in a letter a line stands: in the block of an address below the first, or below the closing formula. */
export function letterParts(lines: readonly Line[]): ReadonlyMap<number, "addressee" | "sender"> {
  const parts = new Map<number, "addressee" | "sender">();
  const isFormula = ({ text }: Line) =>
    text.length <= longestFormula && (knownBeside("person")(text.replace(/[,，،.]$/, "")).get("sender") ?? 0) >= sure;
  const greets = ({ text }: Line) => {
    const [opening] = /^\p{L}+(?: \p{L}+)?(?= \p{Lu})/u.exec(text) ?? [];
    return text.length <= longestFormula && !!opening && (knownBeside("person")(opening).get("addressee") ?? 0) >= sure;
  };
  const ends = mailHead(lines);
  for (const [i, line] of lines.entries()) {
    if (line.end <= ends) {
      const [label = ""] = line.text.split(/[:：]/, 1);
      const said = knownBeside("person")(label);
      const [to, from] = [said.get("addressee") ?? 0, said.get("sender") ?? 0];
      if (Math.max(to, from) >= sure) parts.set(line.start, to > from ? "addressee" : "sender");
      continue;
    }
    if (greets(line)) parts.set(line.start, "addressee");
    if (isFormula(line)) for (const { start } of lines.slice(i + 1, i + 1 + signLines)) parts.set(start, "sender");
    // A street between, or none: who sends a letter stands in its first lines.
    const below = lines.slice(i + 1, i + 3);
    const street = below.findIndex(({ text }) => postal.test(text));
    if (
      i > 1 &&
      i < headLines &&
      !/\d/.test(line.text) &&
      street >= 0 &&
      below.slice(0, street + 1).every(({ text }) => /\d/.test(text) && text.length < longestFormula)
    )
      parts.set(line.start, "addressee");
  }
  return parts;
}
