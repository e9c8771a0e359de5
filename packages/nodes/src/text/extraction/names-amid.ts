import type { Candidate } from "./candidate.js";
import { isLabel } from "./concepts/known.js";
import { legalEnd, legalForm } from "./legal-forms.js";
import { outer } from "./outer.js";
import { plain } from "./plain.js";
import { isTrade } from "./trades.js";

const name =
  /(?<![\p{L}\d])\p{Lu}[\p{L}'’&-]*(?: (?:&|and|und|of|de|des|da|do|di|della|van|der|y|et|e|i|och|og) \p{Lu}[\p{L}'’-]*| (?:(?:Dr|St|Ste|Prof)\. )?\p{Lu}[\p{L}'’&-]*)*(?: (?:GmbH|AG|KG|Inc|LLC|Ltd|Corp)(?![\p{L}\d])\.?)?(?:\. KG(?![\p{L}\d]))?/gu;

/** A legal form, or what a company is, with a name in quotes: `ООО «Медиа Форум»`, `Управляющая компания «Уют»`. */
const quoted = /(?<![\p{L}\d])(?:(?:\p{Lu}{2,4}|\p{Lu}\p{Ll}{1,20}(?: \p{Ll}{1,20}){0,2}) )?[«„“"][\p{L}\d][^»“”"\n]{1,40}[»“”"]/gu;

/** A name that ends with what a company is, in a script that parts no words, behind what opens a clause or hands over to a name. */
const unparted =
  /(?<=^|[\s、，。,：:；（(「]|委托|委託|由|与|與|和|及|向|为|為|在|到|于|於|は|を|が|と|の)[\p{Script=Han}\p{Script=Katakana}ー]{2,16}?(?:有限公司|公司|集团|集團|株式会社|有限会社|合同会社|银行|銀行|医院|病院|大学|学校|书店|書店|酒店|饭店|超市|图书馆|図書館|美術館|博物館|旅館|会館|协会|協会|センター|服务中心)(?![\p{Script=Han}\p{Script=Katakana}])|(?<=^|[\s、。：「])[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}ー]{2,16}?(?:株式会社|図書館|美術館|博物館|旅館|会館|病院|協会|センター)(?![\p{Script=Han}\p{Script=Katakana}])|(?:株式会社|有限会社|合同会社)[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}ー]{2,12}?(?=[\s、。，（(]|$|様|御中|の|は|が|を|に|と)|(?<=委托|委託|由|与|與|向)[\p{Script=Han}]{2,16}?(?:有限公司|公司|集团|集團)/gmu;

/** What hands over to a name in a script that parts no words: `施工单位为…`. */
const handing = /^.*(?:为|是|由|委托|委託)(?=.{3})/u;

/** What follows a label, as far as its cell or a comma: `Pronajímatel: Bytové družstvo Na Výsluní`. */
const labelled =
  /(?<=^[^:：\n]{2,40}[:：][ \t]{0,8})[\p{Lu}\p{Lo}«„“"][\p{L}\p{M}\d'’&.«»„“”"() -]{2,50}?(?=[ \t]*(?:$|[,;，、·|(（]| {2}|\t))/gmu;
/** The most words of a name behind a label. */
const mostWords = 6;

/** Words for a company right before its name. */
const companies =
  /^(?:Firma|Fa\.?|Firm|Company|Société|Sté|Entreprise|Empresa|Ditta|Impresa|Azienda|Bedrijf|Företaget|Firmaet|Firmy|Spółka|Společnost|Cég|Compania|Tvrtka|Şirket|Компания|Фирма|Компанія) (?=\p{Lu})/u;

/** Words before a name that are none of it: `Die Tierarztpraxis Wenk`, `Ihre Stadtwerke`. */
const determiner =
  /^(?:Die|Der|Das|Den|Dem|Ihre|Ihr|Unsere?|Our|Your|Votre|Notre|Vostra?|Nuestr[ao]|Uw|Vår|Vores|Vår[at]?) (?=\p{Lu}\p{L}+ \p{Lu}|\p{Lu}\p{L}{5})/u;

/** Capitalised names amid a line, and what stands in quotes behind a legal form. */
export function namesAmid(text: string): Candidate[] {
  const found = [...text.matchAll(name)].filter(({ 0: found, index }) => found.includes(" ") || !opens(text, index));
  const named = [...text.matchAll(quoted)].filter(({ 0: found }) => legalForm.test(found) || plain(found).split(" ").some(isTrade));
  const eastern = [...text.matchAll(unparted)].map(({ 0: found, index }) => {
    const name = found.slice(handing.exec(found)?.[0].length ?? 0);
    return formed(index + found.length - name.length, name);
  });
  const western = outer([...found, ...named].sort((a, b) => a.index - b.index)).flatMap(({ 0: found, index }) => {
    // A single capital at its end may begin one: `A.Ş.`
    const whole = / \p{Lu}$/u.test(found) ? found.slice(0, -2) : found;
    const end = index + whole.length;
    const form = legalEnd.exec(text.slice(end, end + longestForm))?.[0] ?? found.slice(whole.length);
    const company = (companies.exec(whole) ?? determiner.exec(whole))?.[0].length ?? 0;
    if (company) return candidateAt(index + company, whole.slice(company) + form) ?? [];
    const first = found.indexOf(" ") + 1;
    // A word that opens a sentence may be none of the name: `Contact Acme Corp`.
    const opened = first > 0 && /[.!?] $/.test(text.slice(Math.max(0, index - 2), index)) && found.includes(" ", first);
    return [candidateAt(index, whole + form), ...(opened ? [candidateAt(index + first, whole.slice(first) + form)] : [])].flatMap(
      (one) => one ?? [],
    );
  });
  const told = [...text.matchAll(labelled)].flatMap(({ 0: found, index }) => {
    const one = found.split(" ").length > mostWords ? undefined : candidateAt(index, found.trimEnd());
    return one && !western.some(({ start, end }) => start === one.start && end === one.end)
      ? [{ ...one, signs: { ...one.signs, oneName: 0 } }]
      : [];
  });
  return [...outer(eastern), ...western, ...outer(told)];
}

/** The longest legal form behind a name. */
const longestForm = 16;

const opens = (text: string, index: number) => /(?:^|[.!?:\n]\s*)$/.test(text.slice(Math.max(0, index - 3), index));

function candidateAt(start: number, name: string): Candidate | undefined {
  const words = name.split(" ");
  if (!/[«„“"]/.test(name) && !words.some((word) => word.length > 2 && !legalForm.test(word) && !isTrade(plain(word)))) return;
  return formed(start, name);
}

function formed(start: number, name: string): Candidate {
  const words = name.split(" ");
  const legal = legalForm.test(name);
  const trade = words.some((word) => isTrade(plain(word)));
  const form = legal ? { legal: 1.5 } : trade ? { trade: 0.6 } : {};
  const bare = words.length === 1 && !trade ? { oneName: 1 } : {};
  return { start, end: start + name.length, text: name, value: name, signs: { ...form, ...bare, ...(isLabel(name) && { called: 1 }) } };
}
