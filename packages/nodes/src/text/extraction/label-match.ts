import { likeness } from "./likeness.js";
import { plain } from "./plain.js";
import { plainWords } from "./plain-words.js";

/** How well a label reads at least that is the whole of a phrase, no more and no less, letter for letter. */
export const asWhole = 0.94;

/** Judges how well a label reads as each of some meanings, from 0 to 1; those it does not read as are left out. */
export type Judge<M extends string> = (label: string, behind?: boolean) => ReadonlyMap<M, number>;

/** Words that join others; as labels they count right beside the value only. */
const isJoining = plainWords(
  `to til till tot bis zum zur von vom ab an am um om by at from until for the den der des das die dal del della dell dei al alla alle par pour por
  para per le la les il lo los las el du des dnia fra från vid od do na po za dla pro con van voor het een of in on do no da em och og ja ve ve
  на до по от від за для про из с со со`,
);
const script = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** How alike a misread word must be to one of a phrase; several words, whose one may be another (`gültig am`, `gültig bis`); and what is typed. */
const [alikeWord, alikeWords, alikeTyped] = [0.65, 0.75, 0.85];
/** The longest phrase looked for in a script that parts no words. */
const longestUnparted = 8;

/**
 * A judge of labels by the phrases of each meaning. Misread letters are forgiven (`2u zahlen`), and a compound that begins or ends
 * with a phrase counts for less than the phrase (`Rechnungssumme`). A phrase of one or two letters (`to`, `kg`) counts right beside the
 * value only. What is `typed` is not misread, so that less is forgiven.
 */
export function labelJudge<M extends string>(meanings: Iterable<readonly [M, readonly string[]]>, typed = false): Judge<M> {
  const byPhrase = new Map<string, Set<M>>();
  for (const [meaning, phrases] of meanings) {
    for (const phrase of phrases.map(plain)) {
      if (phrase) byPhrase.set(phrase, (byPhrase.get(phrase) ?? new Set()).add(meaning));
    }
  }
  const byLength = new Map<number, string[]>();
  for (const phrase of byPhrase.keys()) {
    const length = phrase.split(" ").length;
    byLength.set(length, [...(byLength.get(length) ?? []), phrase]);
  }
  const judges = [...byLength].map(([length, phrases]) => [length, judgingOnce(windowJudge(length, phrases, byPhrase, typed))] as const);
  return (label, behind) => {
    const words = plain(label).split(" ");
    const found = new Map<M, number>();
    for (const [length, judge] of judges) {
      // A label that says more than the phrase may mean something else: `Hours on site` is not the site.
      const covered = 0.75 + 0.25 * Math.min(1, length / words.length);
      for (let i = 0; i + length <= words.length; i++) {
        for (const [phrase, much] of judge(words.slice(i, i + length).join(" "), behind ? i === 0 : i + length === words.length)) {
          for (const meaning of byPhrase.get(phrase) ?? []) found.set(meaning, Math.max(found.get(meaning) ?? 0, much * covered));
        }
      }
    }
    return found;
  };
}

/** The phrases that as many words read as, and how well. */
function windowJudge(length: number, phrases: readonly string[], known: ReadonlyMap<string, unknown>, typed: boolean) {
  const alike = likeness(phrases.filter((phrase) => phrase.length >= 5));
  const exactly = 0.95 + Math.min(0.05, 0.02 * (length - 1));
  const like = typed ? alikeTyped : length === 1 ? alikeWord : alikeWords;
  const stems = stemsOf(length === 1 ? phrases : []);
  return (window: string, nearest: boolean): (readonly [string, number])[] => {
    if (known.has(window)) return nearest || script.test(window) || (window.length > 2 && !isJoining(window)) ? [[window, exactly]] : [];
    if (length === 1 && script.test(window)) return unparted(window, known);
    if (window.length < 4) return [];
    const inflected = length === 1 ? stems(window) : [];
    if (inflected.length) return inflected.map((phrase) => [phrase, asInflected] as const);
    return alike(window).flatMap(([phrase, much]) => {
      if (much >= like) return [[phrase, much * 0.9] as const];
      const compound = length === 1 && window.length > phrase.length + 1 && (window.endsWith(phrase) || window.startsWith(phrase));
      return compound ? [[phrase, 0.7] as const] : [];
    });
  };
}

/** The most windows that are remembered of those judged. */
const mostRemembered = 10_000;

/** The same judge of windows, which remembers what it judged: texts repeat their words. */
function judgingOnce(judge: ReturnType<typeof windowJudge>): typeof judge {
  const known = [new Map<string, ReturnType<typeof judge>>(), new Map<string, ReturnType<typeof judge>>()] as const;
  return (window, nearest) => {
    const memory = known[nearest ? 1 : 0];
    let found = memory.get(window);
    if (!found) {
      found = judge(window, nearest);
      if (memory.size >= mostRemembered) memory.clear();
      memory.set(window, found);
    }
    return found;
  };
}

/** How much a word counts that is a phrase but for its ending; letters that it must have in common, and may have after them. */
const asInflected = 0.8;
const [stemmed, ending] = [5, 3];

/** The words that one is an inflected form of: `prisen` of `pris`, `компанією` of `компанія`. */
function stemsOf(phrases: readonly string[]): (word: string) => readonly string[] {
  const byStart = new Map<string, string[]>();
  for (const phrase of phrases) {
    if (phrase.length >= 4) byStart.set(phrase.slice(0, 4), [...(byStart.get(phrase.slice(0, 4)) ?? []), phrase]);
  }
  return (word) =>
    (byStart.get(word.slice(0, 4)) ?? []).filter((phrase) => {
      let same = 4;
      while (same < word.length && word[same] === phrase[same]) same++;
      const common = same >= stemmed || same === phrase.length;
      const most = phrase.length < stemmed ? ending - 1 : ending;
      return common && word.length - same <= most && phrase.length - same <= most;
    });
}

/** Phrases that a run of characters without blanks begins or ends with. */
function unparted(run: string, known: ReadonlyMap<string, unknown>): (readonly [string, number])[] {
  for (let length = Math.min(longestUnparted, run.length - 1); length >= 2; length--) {
    const ends = [run.slice(-length), run.slice(0, length)].filter((part) => known.has(part));
    if (ends.length) return ends.map((part) => [part, 0.85]);
  }
  return [];
}

/** How well a label reads as one of these phrases, from 0 to 1. */
export function labelMatcher(phrases: readonly string[]): (label: string, behind?: boolean) => number {
  const judge = labelJudge([["own", phrases]]);
  return (label, behind) => judge(label, behind).get("own") ?? 0;
}
