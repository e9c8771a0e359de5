import { lazily } from "../lazily.js";
import { groups } from "./concept-groups.js";
import { wordGroups } from "./word-groups.js";
import { spoken, stem } from "./words.js";

const groupOf = wordGroups(groups);

/** What a word says: the name of its group, or its stem where it is in none. */
export function conceptOf(word: string): string {
  const said = word.toLowerCase().replace(enclitic, (_, verb: string) => `${verb.normalize("NFD").replace(/\p{M}/gu, "")}r`);
  return (
    groupOf(said) ??
    stem(
      shared(said)
        .replace(participle, "$1")
        .replace(infinitive, "")
        .replace(/[áéíóúäöüß]/g, (letter) => folded.get(letter) ?? letter),
    ).slice(0, longest)
  );
}

/** A Spanish verb with its object, `séllalo`, which says what `sellar` does. */
const enclitic = /^(\p{L}*[áéíóú]\p{L}*)(?:l[aoe]s?|nos|me)$/u;
/** What is done in German: `geglätteten` says what `glätte` does. */
const participle = /^ge(\p{L}{3,}?)e?t(?:e[nrsm]?)?$/u;
/** `glaetten` says what `glätte` does, `auflockern` what `lockere auf`; shorter words may be others in English: `listen`. */
const infinitive = /(?<=\p{L}{5})en$|(?<=\p{L}{4}e[lr])n$/u;
/** A word that languages share, as none spells it: `adaptada`, `organisieren`, `capacidad` say what `adapt`, `organise`, `capacity` do. */
const shared = (word: string): string =>
  word
    .replace(/k(?=[aolrtu])/g, "c")
    .replace(/(?<![iyz])z(?=[ei])/g, "c")
    .replace(/^es(?=[cpt](?!al))/, "s")
    .replace(/(?<=a)ci[óo]n(?:es)?$/, "tion")
    .replace(/(?<=\p{L}{3})(?:ität|idad(?:es)?)$/u, "ity")
    .replace(/(?<=\p{L}{4})(?:ische?[mnrs]?|ical|ic[ao]s?)$/u, "ic")
    .replace(/(?<=\p{L}{4})(?<!nc)[ií][ae]s?$/u, "y")
    .replace(/(?<=\p{L}{3})ier(?:en?|te?[mnrs]?|ung(?:en)?)$/u, "e")
    .replace(/(?<=\p{L}{4})(?:ung(?:en|s)?|at(?:e[ds]?|ing|ions?|ors?)|[ai](?:d[ao]s?|r)|[ao]s?)$/u, "e")
    .replace(/if(?:ie[ds]|[iy]c?e?|ying|iz|iq?ue)e?$/, "ific")
    .replace(/(?<=\p{L}{4})ll(?=e?$)/u, "l");
const folded = new Map([
  ["á", "a"],
  ["é", "e"],
  ["í", "i"],
  ["ó", "o"],
  ["ú", "u"],
  ["ß", "ss"],
  ["ä", "ae"],
  ["ö", "oe"],
  ["ü", "ue"],
]);
/** Where words of no group are cut: `formuliere` and `formuliert` say one thing. */
const longest = 8;

/** The concepts of a text in their order, words that say nothing by themselves left out. */
export function conceptsOf(text: string): string[] {
  return (spoken(text).match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !empty.has(word)).map(conceptOf);
}

const empty = new Set(
  [
    "a an and any are as at be by can do does each for has have i in into is it its me my not of on one or other our out please say some so text texts than that the their them there they this to up was we what which who will with you your how",
    "der die das den dem des ein eine einen einem eines und oder im in ins am an auf aus bei mit von vom zu zum zur für ist sind wird was wie wir uns ich sie es er ihn ihm ihnen bitte auch noch nur soll brauchen",
    "el la los las un una unos unas y e o de del en al a por para con se su sus lo le que es son como me nos haz favor",
  ]
    .join(" ")
    .split(" "),
);

const removing = lazily(() => conceptsOf("remove redact duplicates"));
/** Whether somebody who is spoken of so takes something away. */
export const isTakingAway = (concepts: ReadonlySet<string>): boolean => removing().some((one) => concepts.has(one));
