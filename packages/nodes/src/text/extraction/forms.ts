import { plain } from "./plain.js";
import { plainWords } from "./plain-words.js";
import type { Sought } from "./sought.js";

/** What a free text field's value looks like: a code, a number to call, a postal address, or words. */
export type Form = "code" | "phone" | "address" | "words";

const byConcept: Readonly<Record<string, Form>> = {
  ...Object.fromEntries(
    "invoice order receipt customerNumber reference booking tracking flight train seat plate taxNumber iban"
      .split(" ")
      .map((concept) => [concept, "code"]),
  ),
  place: "words",
  phone: "phone",
  fax: "phone",
  address: "address",
};

const isCode = plainWords(
  "number no nr code id key pin sku serial version licence license nummer kennung numéro codice código kód numer číslo szám număr broj номер код αριθμός κωδικός",
);
const endsAsCode = /nummer$|nr$|番号|号码|编号|번호/u;

const speaksOfCode = (said: string): boolean => endsAsCode.test(said) || said.split(" ").some(isCode);

/** The form that a field's concepts have, else that its words speak of; words where nothing is known. */
export function formOf({ concepts, query }: Pick<Sought, "concepts" | "query">): Form {
  const [known] = [...concepts].flatMap((concept) => byConcept[concept] ?? []);
  return known ?? (!concepts.size && speaksOfCode(plain(query)) ? "code" : "words");
}
