import type { Place, Source } from "./edges.js";
import { memo } from "./memo.js";
import { nameWords } from "./opposites.js";
import { wordGroups } from "./word-groups.js";

/** Words of which what is called by one is never what is called by the other. */
const pairs = [
  [
    "last previous letzte* vorige* última último ultim* anterior",
    "next upcoming coming nächste* naechste* kommende* próxim* proxim* siguiente",
  ],
  ["min minimum lowest smallest niedrigste* kleinste* mínim*", "max maximum highest largest biggest höchste* größte* groesste* máxim*"],
  ["cheapest billigste* günstigste*", "dearest priciest teuerste*"],
  ["shortest kürzeste*", "longest längste*"],
  ["slowest langsamste*", "fastest schnellste*"],
  ["coldest kälteste*", "warmest hottest wärmste* heißeste*"],
  ["youngest newest jüngste* neueste*", "oldest älteste*"],
  ["worst schlechteste*", "best beste*"],
  ["arrival arrivals ankunft* llegada*", "departure departures abfahrt* abflug* abreise* salida*"],
  ["sender senders absender* remitente*", "recipient recipients addressee receiver empfänger* destinatari*"],
  ["buyer buyers purchaser käufer* comprador*", "seller sellers vendor verkäufer* vendedor*"],
  ["income revenue earnings einnahmen einkommen ingresos", "expense expenses expenditure spending ausgaben gastos"],
  ["sunrise sonnenaufgang* amanecer", "sunset sonnenuntergang* atardecer"],
  ["inbound incoming eingehend* entrante*", "outbound outgoing ausgehend* saliente*"],
].map(([one = "", other = ""]) => [wordGroups([one]), wordGroups([other])] as const);

/** The last name of somebody follows no other. */
const surname = /last[\s_]?names?/giu;

/** On which side of each pair words stand: -1, 1, or 0 for neither or both. */
function sidesIn(text: string): readonly number[] {
  const words = nameWords(text.replace(surname, "")).map((word) => word.toLowerCase());
  const has = (of: (word: string) => string | undefined) => words.some((word) => of(word) !== undefined);
  return pairs.map(([one, other]) => Number(has(other)) - Number(has(one)));
}

/** Whether a wanted output is called the contrary of what a field is, or else of what its member finds: `lastVisit`, of `nextVisit`. */
export function contraryOf(): (place: Place, source: Source) => boolean {
  const sidesOf = memo(sidesIn);
  return ({ card, slot }, source) => {
    if (card || !source.card) return false;
    const wanted = sidesOf(slot.name).map((side, i) => side || (sidesOf(slot.description)[i] ?? 0));
    if (wanted.every((side) => side === 0)) return false;
    const said = [source.slot.name, source.slot.description, source.card.name, source.card.does].map(sidesOf);
    return wanted.some((side, i) => side !== 0 && said.map((of) => of[i] ?? 0).find((one) => one !== 0) === -side);
  };
}
