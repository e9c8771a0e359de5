import type { Plan } from "../../graph/plan.js";
import type { Brief, Card } from "../brief.js";
import { conceptsOf } from "../derive/concepts.js";
import { lazily } from "../lazily.js";
import type { Asked } from "./choose.js";
import { literalsIn } from "./literals/literals-in.js";
import { unreadDaysIn } from "./literals/unread-days.js";
import { ownWords } from "./own-words.js";
import { exclusions } from "./phrases.js";
import type { Span } from "./quoted.js";

/** What is added to an act or left out of it: `with breakfast`, `about the offsite`, `except Monday's`. */
const added = lazily(
  () =>
    new RegExp(
      String.raw`(?<!\p{L})(?:with|about|saying|regarding|concerning|mit|über|con|sobre|acerca de|excluding|apart from|ausgenommen|${exclusions
        .filter((one) => !/ of$| than$|^(?:statt|anstatt|en )/.test(one))
        .join("|")}) (?=\p{L})[^,.;:!?\n"“„]{1,40}`,
      "giu",
    ),
);
const excepting = /^(?!with |about |mit |con |sobre )/iu;
/** How often, or how soon. */
const often =
  /(?<!\p{L})(?:twice|thrice|again|once more|(?:two|three|\d+) times|(?:every|each) (?:other )?(?:hour|day|night|week|weekday|month|quarter|year|morning|evening)|hourly|daily|weekly|monthly|yearly|urgent(?:ly)?|immediately|zweimal|dreimal|nochmals?|noch einmal|jede[nrs]? (?:stunde|tag|woche|monat|jahr)|täglich|wöchentlich|monatlich|jährlich|dringend|dos veces|otra vez|de nuevo|cada (?:hora|día|semana|mes|año)|urgente(?:mente)?)(?!\p{L})/giu;
/** Which one, where there are several. */
const whichOne =
  /(?<!\p{L})(oldest|newest|latest|earliest|last|first|second|third|next|previous|cheapest|best|longest|shortest|largest|biggest|smallest|fastest|älteste[nrs]?|neueste[nrs]?|letzte[nrs]?|erste[nrs]?|nächste[nrs]?|billigste[nrs]?) (\p{L}+)(?: (\p{L}+))?/giu;
const all =
  /(?<!\p{L})(?:all|every|each|both|alle|sämtliche|jede[nrs]?|beide|tod[oa]s|cada)(?: of)?(?: (?:the|my|our|die|meine|unsere|l[oa]s|mis|nuestr[oa]s))? (\p{L}+)/giu;
const single = /(?<!\p{L})(?:an?|one|single|eine?[nrsm]?|una?)(?!\p{L})/iu;
/** Nothing is added by these. */
const idle = lazily(
  () =>
    new Set(
      conceptsOf(
        "delay care pleasure fail hesitation further ado effect help thanks regards love kind best him her them us you everything anything all both dank gruß mühe hilfe gracias ayuda",
      ),
    ),
);

/**
 * What a request says of an act in small words, so that it is another act than the plan's: something added or left out, how often, which one
 * of several, all where one is meant. Nothing is in it of which who acts has a word, or holds a value.
 */
export function narrowed(asked: readonly Asked[], plan: Plan, { members }: Brief, request: string): readonly Span[] {
  const own = ownWords(plan, members);
  // Values are held to what takes them by themselves.
  const open = [...literalsIn(request), ...unreadDaysIn(request)].reduce(
    (text, { start, end }) => text.slice(0, start) + text.slice(start, end).replace(/[\p{L}\p{N}]/gu, "0") + text.slice(end),
    request,
  );
  const acting = asked.filter(({ member }) => member.effects);
  const others = asked.filter(({ member }) => !member.effects).flatMap(({ parts }) => parts);
  const spans = (pattern: RegExp, isMeant: (groups: readonly (string | undefined)[]) => boolean): Span[] =>
    [...open.matchAll(pattern)]
      .filter((one) => isMeant([...one]) && !others.some(({ start, end }) => start <= one.index && one.index < end))
      .map(({ 0: said, index }) => ({ start: index, end: index + said.length }));
  const isOwn = (word = "") => conceptsOf(word).some((one) => own.has(one));
  const news = (text: string) => conceptsOf(text).filter((word) => !own.has(word) && !idle().has(word) && !/^\d/.test(word));
  return acting.length === 0
    ? []
    : [
        ...spans(added(), ([said = ""]) => (excepting.test(said) && said.includes("0")) || news(said.replace(/^\S+\s/u, "")).length > 0),
        ...spans(often, ([said = ""]) => news(said).length > 0),
        ...spans(whichOne, ([, which = "", ...nouns]) => !isOwn(which) && nouns.some(isOwn)),
        ...spans(all, ([, noun = ""]) => acting.some(({ member }) => takesOne(member, noun))),
      ];
}

/** Whether a member's sentence says that it does something with one of what a noun names: `Deletes a recording`. */
function takesOne({ does }: Card, noun: string): boolean {
  const [said] = conceptsOf(noun);
  const words = [...does.matchAll(/\p{L}+/gu)];
  const at = words.find(([word]) => conceptsOf(word)[0] === said);
  return said !== undefined && at !== undefined && single.test(does.slice(Math.max(0, at.index - 20), at.index));
}
