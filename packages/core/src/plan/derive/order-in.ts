import { polite } from "./clauses.js";

/** What stands before a thing or for it: with a verb before that, something is asked for; after a noun of the same form it does not stand. */
const objects = new Set(
  "the a an it them him her me us this that these those my our your their his all every everyone everybody everything some any die den das dem der ein eine einen es ihn ihr alles mir uns meine meinen unsere unseren el la los las un una unos unas al lo mi mis nuestra nuestro todo".split(
    " ",
  ),
);

/**
 * The verb by which a text begins to ask for something.
 *
 * @example
 * orderIn("Please e-mail the client"); // "email"
 * orderIn("Book prices"); // undefined
 */
export function orderIn(text: string): string | undefined {
  const words = text.replace(polite(), "").toLowerCase();
  const [verb, object = ""] = words.match(/[\p{L}\p{N}'’-]+/gu) ?? [];
  return objects.has(object) ? verb?.replace("-", "") : undefined;
}
