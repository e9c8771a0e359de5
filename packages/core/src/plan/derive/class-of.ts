import { alternatives } from "../../graph/resolve.js";
import { itemOf, type Slot } from "../slot.js";
import { wordsOf } from "./words.js";

/** What sort of thing a text is: a whole text to read, or an atom that stands for one thing. */
export type TextClass = "whole" | "address" | "code" | "day" | "language" | "currency" | "country";

/** Words that tell, the likelier atom first: a `mail address` is an address, a `mail` a text. */
const telling: readonly (readonly [TextClass, ReadonlySet<string>])[] = [
  ["language", stems("language lang idioma sprache 639")],
  ["currency", stems("currency währung moneda 4217")],
  ["country", stems("country land país 3166")],
  ["code", stems("code number no nr id iso iban sku slug docket key zip")],
  ["address", stems("address recipient sender receiver phone url link adresse dirección")],
  ["day", stems("date day deadline due eta datum fecha")],
  [
    "whole",
    stems(
      "text article letter message note document body content review essay report transcript story description draft recipe contract cv paper mail thread complaint memo summary page scan piece brief abstract post comment remark protocol speech ticket answer question chapter minutes",
    ),
  ],
];

/** Words that tell in names only: in sentences they say other things. */
const inNames = stems("no nr id key number date answer question page minutes");

function stems(words: string): ReadonlySet<string> {
  return new Set(words.split(" ").flatMap(wordsOf));
}

/** Names that say nothing of what stands there. */
export const bareName =
  /^(?:text|content|string|data|input|value|item|result|from|to|of|in|a|b|x|y|first|second|one|other|left|right)s?\d*$/i;

/** The class of a text place by its format, its name, its description, and last by what its member does; undefined where nothing tells. */
export function classOf({ name, schema, description }: Slot, does = ""): TextClass | undefined {
  const item = itemOf(schema) ?? schema;
  const texts = alternatives(item, item).filter((one) => one.type === "string" && !one.enum);
  if (texts.length === 0) return undefined;
  if (texts.some(({ format }) => format === "date" || format === "date-time")) return "day";
  if (texts.some(({ format }) => format === "email" || format === "uri")) return "address";
  if (/^(?:text|content)s?$/i.test(name) && !description) return "whole";
  for (const said of [bareName.test(name) ? "" : name, description, bareName.test(name) ? does : ""]) {
    const words = wordsOf(said).filter((word) => said === name || !inNames.has(word));
    const found = telling.find(([, set]) => words.some((word) => set.has(word)));
    // A `customerMail` may be a letter or where one goes.
    if (said === name && words.length > 1 && words.at(-1) === "mail") continue;
    if (found) return found[0];
  }
  return undefined;
}
