import type { Card } from "../brief.js";
import type { Slot } from "../slot.js";
import { namedCodesIn } from "../words/literals/named-codes.js";
import type { Place, Source } from "./edges.js";
import { memo } from "./memo.js";
import { spoken } from "./words.js";

/** Whether a text is in another language than its place takes, where names and descriptions tell both. */
export function foreignOf(): (place: Place, source: Source) => boolean {
  const told = memo((slot: Slot) => languageIn(`${spoken(slot.name)}. ${slot.description}`));
  const made = memo((card: Card) => languageIn(/ (?:into|in|to|ins|auf|al|en) .*$/isu.exec(card.does)?.[0] ?? ""));
  return ({ slot }, source) => {
    const to = told(slot);
    const from = told(source.slot) ?? (source.card && to !== undefined ? made(source.card) : undefined);
    return to !== undefined && from !== undefined && to !== from;
  };
}

/** The one language that words name. */
function languageIn(text: string): string | undefined {
  const [one, ...others] = new Set(namedCodesIn(text).flatMap(({ kind, value }) => (kind === "language" ? [String(value)] : [])));
  return others.length > 0 ? undefined : one;
}
