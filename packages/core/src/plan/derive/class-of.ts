import { alternatives } from "../../schema/resolve.js";
import { lazily } from "../lazily.js";
import { itemOf, type Slot } from "../slot.js";
import { wordsOf } from "./words.js";

/** What sort of thing a text is: a whole text to read, or an atom that stands for one thing. */
export type TextClass = "whole" | "address" | "code" | "day" | "language" | "currency" | "country" | "coordinates";

/** Words that tell, the likelier atom first: a `mail address` is an address, a `mail` a text. */
const telling: readonly (readonly [TextClass, () => ReadonlySet<string>])[] = [
  ["coordinates", stems("coordinates latitude longitude koordinaten coordenadas")],
  ["language", stems("language lang idioma sprache zielsprache quellsprache ausgangssprache 639")],
  ["currency", stems("currency währung waehrung zielwährung zielwaehrung moneda 4217")],
  ["country", stems("country land país 3166")],
  ["address", stems("phone telephone mobile telefon teléfono")],
  [
    "code",
    stems(
      "code number no nr id iso iban bic isbn issn ean gtin doi vin imei uuid sku slug docket key zip postcode plz kennzeichen matrícula",
    ),
  ],
  ["address", stems("address recipient sender receiver phone url link adresse dirección")],
  ["day", stems("date day deadline due eta datum fecha")],
  [
    "whole",
    stems(
      "enquiry inquiry referral lease manuscript lecture interview conversation transcript poem novel posting advert listing testimonial diary statement passage text article letter message note document body content review essay report transcript story description draft recipe contract cv paper mail thread complaint memo summary page scan piece brief abstract post comment remark protocol speech ticket answer reply response notice question chapter minutes lyrics brief nachricht notiz dokument inhalt beitrag aufsatz bericht protokoll abschrift geschichte beschreibung entwurf rezept vertrag mitschrift zusammenfassung fassung beschwerde anfrage rede texto carta mensaje nota documento contenido artículo reseña ensayo informe transcripción relato historia descripción borrador receta contrato correo resumen boletín acta discurso comentario",
    ),
  ],
];

/** The sorts of things that a sentence speaks of. */
export function sortsIn(said: string): ReadonlySet<TextClass> {
  const words = wordsOf(said);
  return new Set(telling.flatMap(([sort, stems]) => (words.some((word) => stems().has(word)) ? [sort] : [])));
}

/** Words that tell in names only: in sentences they say other things. */
const inNames = stems("no nr id key number date answer question page minutes");

function stems(words: string): () => ReadonlySet<string> {
  return lazily(() => new Set(words.split(" ").flatMap(wordsOf)));
}

/** Names that say nothing of what stands there. */
export const bareName =
  /^(?:text|content|string|data|input|value|item|entry|entrie|element|result|from|to|of|in|a|b|x|y|first|second|last|one|other|left|right|inhalt|eingabe|wert|texto|contenido|entrada|valor)s?\d*$/i;

/** Names that say that a whole text stands there, unless its description says otherwise. */
const asText = /^(?:text|content|inhalt|texto|contenido)s?$/i;

/** Whose mail it is says an address, and what is done with it a text: `guestEmail`, `draftEmail`. */
const theirMail =
  /^(?!(?:draft|reply|answer|new|old|raw|original|incoming|outgoing|last|sent|received|forwarded|final|full)_?e?-?mail)\p{L}+(?:_e-?mail|E-?[Mm]ail)$/u;

/** What a program is written in is a text, no code that stands for something. */
const program = /(?<![\p{L}\d])(?:source|code review|program|function|snippet|patch|quelltext|quellcode|código fuente)/iu;

/** A description up to what only says of what, where or for what: of `statement of the insured, in any language` the first word. */
const headOf = (description: string): string =>
  description.replace(/(?:^|[\s,]+)(?:in|into|on|of|for|about|with|para|sobre|für|über|mit|von)\s.*$/isu, "");

/** What was said is a text, wherever it was said: `what was said on the phone`. */
const wasSaid = /^(?:what|how|everything|all) .*(?:said|says|told|tells|written|wrote|writes|spoken|asked)(?![\p{L}\d])/iu;

/** `who wrote the letter` is no letter, and `one day of the diary` no date. */
const somebody = /^(?:the )?(?:who(?:m|ever)?|person|wer|wem|wen|quien|quién)(?![\p{L}\d])/iu;
const span = /^(?:one|a|an|each|every|ein|eine|einen|jeder|un|una|cada|\d+) (?:day|tag|día)s?(?![\p{L}\d])/iu;

/** Whose number it is that is called or written to. */
const phoning =
  /(?<![\p{L}\d])(?:call|calls|ring|rings|dial|dials|phones?|telephones?|sms|text messages?|chat messages?|whatsapp|messages?|anruf|ruft|nachricht|llama|mensajes?)(?![\p{L}\d])/iu;

/** What is described as the name of something is no text: `body`, "its English name". */
export const isName = (description: string): boolean =>
  /^(?:(?:the|its|his|her|their|der|die|das|el|la|su) )?(?:\p{L}+ )?(?:name|surname|nachname|nombre|apellido)$/iu.test(
    headOf(description).trim(),
  );

/** What is called the number of something, and nothing else: `order number`. */
const numbered = /^\s*(?:\p{L}+\s+){1,2}(?:number|code|id|nummer)$/iu;

/** The class of a text place by its format, its name, its description, and last by what its member does; undefined where nothing tells. */
export function classOf({ name, schema, description }: Slot, does = ""): TextClass | undefined {
  const item = itemOf(schema) ?? schema;
  const texts = alternatives(item, item).filter((one) => one.type === "string" && !one.enum);
  if (texts.length === 0) return undefined;
  if (texts.some(({ format }) => format === "date" || format === "date-time")) return "day";
  if (texts.some(({ format }) => format === "email" || format === "uri")) return "address";
  if (theirMail.test(name)) return "address";
  if (/^(?:number|no|nr|nummer|número)$/i.test(name) && !description && phoning.test(does)) return "address";
  if (isName(description)) return undefined;
  if (wasSaid.test(description)) return "whole";
  if (/^code$|source/i.test(name) && program.test(`${description} ${does}`)) return "whole";
  // What a text is of, its member's words tell of all that it takes: `Translates into another language`.
  const others = bareName.test(name) && !asText.test(name) ? headOf(does) : "";
  for (const said of [bareName.test(name) ? "" : name, somebody.test(description) ? "" : headOf(description).replace(span, ""), others]) {
    const words = wordsOf(said).filter((word) => said === name || !inNames().has(word));
    // What was phoned in is no phone number.
    const acted = new Set((said.toLowerCase().match(/[\p{L}]+(?:ed|ing)(?![\p{L}\d])/gu) ?? []).flatMap(wordsOf));
    const found = telling.find(([, stems]) => words.some((word) => stems().has(word) && !acted.has(word)));
    // A number is what its description says that it is one of.
    if (said === name && description && /^(?:number|no|nr|code|id|key|nummer|número)$/i.test(name)) continue;
    // A `customerMail` may be a letter or where one goes.
    if (said === name && words.length > 1 && words.at(-1) === "mail") continue;
    if (found) return found[0];
    if (said !== name && numbered.test(said)) return "code";
  }
  if (asText.test(name)) return "whole";
  return /^(?:number|no|nr|code|id|nummer|número)$/i.test(name) ? "code" : undefined;
}
