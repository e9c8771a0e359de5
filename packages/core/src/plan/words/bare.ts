import type { Part } from "./parts.js";
import { quotedIn } from "./quoted.js";
import { tongueOf } from "./tongue.js";

const written = /(?<![A-Za-z\d])(?:https?:\/\/|www\.)\S+|\S+@\S+\.\S+|[$€£¥]?\s?[+-]?\p{L}{0,4}\d[\p{L}\d.,:/%°-]*/gu;
const capitals = /(?<=[\p{L}\p{N},'’"”)]\s|^)\p{Lu}[\p{L}\p{N}.'’-]*(?:\s\p{Lu}[\p{L}\p{N}.'’-]*)*/gu;

/**
 * What a part asks for without what it speaks of: quotations, numbers, dates, addresses and, outside German, names are left out, where
 * the members do not have them among their own words.
 *
 * @example
 * bare({ text: "find flights from Lima to Oslo on 3 May", by: "start" }, () => false); // "find flights from to on"
 */
export function bare({ text, by }: Pick<Part, "text" | "by">, known: (word: string) => boolean): string {
  let open = "";
  let from = 0;
  for (const { start, end, bracket } of quotedIn(text)) {
    open += `${text.slice(from, bracket ? start : start - 1)} `;
    from = bracket ? end : end + 1;
  }
  open = (open + text.slice(from)).replace(written, " ");
  // German nouns begin with a capital.
  if (tongueOf(text) !== "de")
    open = open.replace(capitals, (run, at: number) => {
      const begins = at === 0 && (by === "start" || by === "sentence");
      const [first = "", ...rest] = run.split(" ");
      const name = begins ? rest : [first, ...rest];
      return name.every(known) ? run : begins ? first : " ";
    });
  return open.replace(/\s+/g, " ").trim();
}
