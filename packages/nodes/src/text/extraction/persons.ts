import type { Candidate } from "./candidate.js";
import { isLabel, knownBeside } from "./concepts/known.js";
import { meaningsOf } from "./concepts/meanings.js";
import { isFurniture } from "./furniture.js";
import { legalForm } from "./legal-forms.js";
import { outer } from "./outer.js";
import { plain } from "./plain.js";
import { plainWords } from "./plain-words.js";
import { asTitle, particles, titleBefore } from "./titles.js";
import { isTrade } from "./trades.js";

const part = "\\p{Lu}(?:\\p{Ll}[\\p{L}'’]*|[\\p{L}]*[’']\\p{Lu}\\p{Ll}+)(?:-\\p{Lu}\\p{Ll}+)?";
const initials = "(?:\\p{Lu}\\.[ -]?){1,3}";
const full = new RegExp(
  `(?<![\\p{L}\\d.])((?:${part}(?: (?:(?:${particles}) )*(?:\\p{Lu}\\. )?${part}){0,3})|(?<!\\p{Lu}[. ]{0,2})${initials}${part}(?: ${part}){0,2})(?![\\p{L}\\d])`,
  "gu",
);
/** A single name behind a label, and nothing more in its cell: `Driver: Pollard`. */
// Blanks are bounded: unbounded, they are counted back anew from each of their own places.
const labelledName = new RegExp(`(?<=[:：][ \\t]{0,4}|\\p{L}(?:\\t| {3,60}))(?<![\\p{L}\\d])${part}(?=[ \\t]*(?:$|[,;(]| {2}|\\t))`, "gmu");
/** What cases and genitives add to a name behind an apostrophe: `Nurten Aksoy'a`, `Dray's`. */
const suffix = /['’]\p{Ll}{1,6}$/u;
/** A Korean name of three syllables, a family's name the first, behind a role: `관리소장 박정훈`. */
const korean =
  /(?<=\p{Script=Hangul}[ \t])[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용]\p{Script=Hangul}{2}(?=[ \t]*(?:$|[,;.()]|님|씨))/gmu;
/** A name behind a label, in capitals or in a script that has none: `Passenger: OKAFOR / DANIEL`, `担当：山田太郎`. */
const behindLabel =
  /(?<=[:：][ \t]{0,4})(?<![\p{L}\d.])(?:\p{Lu}{2,20}|\p{Lo}[\p{Lo}\p{M}]{0,20})(?:[ \t]?[ /,・·][ \t]?(?:\p{Lu}{2,20}|\p{Lo}[\p{Lo}\p{M}]{0,20})){0,3}(?=[ \t]*(?:$|[,;(（)）]| {2}))/gmu;
/** What is written behind a name where that has no capitals. */
const honorific = /(?:様|さん|先生|氏|女士|小姐|님|씨)$/u;

/** A name with what is written behind it where there are no capitals: `田中 健一 様`. */
const honoured =
  /(?:(?<!\p{L})|(?<=[のはがをにとへ]))[\p{Script=Han}\p{Script=Katakana}\p{Script=Hangul}]{1,6}(?:[ 　][\p{Script=Han}\p{Script=Katakana}\p{Script=Hangul}]{1,6})?(?=[ 　]?(?:様|さん|先生|女士|小姐|님|씨))|(?:(?<!\p{L})|(?<=[のはがをにとへ]))[\p{Script=Han}]{1,3}[ 　][\p{Script=Han}]{1,3}(?=[がはをにとの、。（(\s]|$)/gu;

/** A Chinese name, a family's name the first, behind what hands over to a name, or before a title. */
const chinese =
  /(?<=[是为由与和及找：:、，,。\s]|联系|经理|老师|主任|师傅|中介|人|让|叫|请)[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康][\p{Script=Han}]{1,2}(?=[，,。、;；\s（(]|$|先生|女士|老师|经理|去|来)/gmu;

/** Two to four words by themselves on the line below a closing formula, where there are no capitals: `مع التحية،`. */
const signed = /(?<=[,،、][ \t]{0,4}\n[ \t]{0,8})[\p{Lo}\p{M}]{2,20}(?: [\p{Lo}\p{M}]{2,20}){1,3}(?=[ \t]{0,8}(?:\n|$))/gu;

/** A name in capitals on a line of its own above the street. */
const capitals = /(?<=\n[ \t]{0,8})\p{Lu}{2,20}(?: \p{Lu}{2,20}){1,2}(?=[ \t]{0,8}\n[^\n]{0,60}\d)/gu;

/** Words that begin the name of a street or a square. */
const opensStreet = plainWords(
  `via viale piazza corso largo rue place avenue boulevard chemin quai calle avenida avda plaza paseo rua praça travessa ulica ul plac aleja trg
  náměstí nám strada bulevardul улица ул проспект площадь вулиця вул площа οδός πλατεία παραλία λεωφόρος jalan`,
);

/** Small words that have a capital where they open a sentence, and what stands before numbers. */
const smallWord =
  /^(?:Das|Der|Die|Den|Dem|Des|Ein|Eine|Ihr|Ihre|Ihnen|Ihrem|Ihren|Ihrer|Sie|Wir|Bei|Für|Bitte|Le|La|Les|Il|Lo|El|Los|Las|The|Our|Your|Het|Een|Uw|Nr|No|Tel|Fax|Str)$/u;

/** Words that open and close letters and their heads. */
const ofLetters =
  /^(?:Dear|Hello|Hi|Hallo|Liebe|Lieber|Bonjour|Cher|Chère|Hola|Estimado|Estimada|Gentile|Caro|Cara|Prezado|Prezada|Beste|Geachte|Hej|Kære|Käre|Kära|Hei|Szanowny|Szanowna|Vážený|Vážená|Kedves|Tisztelt|Stimate|Poštovani|Sehr|Уважаемый|Уважаемая|Шановний|Шановна|Здравствуйте|Αγαπητέ|Yours|Kind|Best|Mit|Viele|Cordialement|Saludos|Atentamente|Subject|From|To|Date|Betreff)$/u;

const isNoName = (word: string): boolean => smallWord.test(word) || ofLetters.test(word);

type Found = Pick<Candidate, "start" | "end" | "signs">;

/** Capitalised words, two or more, or one after a title or amid a sentence. */
function capitalisedIn(text: string): Found[] {
  // `M. Dupont` is a monsieur in French only, and someone's initial elsewhere.
  const french = /(?<!\p{L})(?:Mme|Madame|Monsieur|vous|les|est|du)(?!\p{L})/u.test(text);
  const german = /(?<!\p{L})(?:und|der|die|das|ist|wir|für)(?!\p{L})/u.test(text);
  return [...text.matchAll(full)].flatMap(({ 0: matched, index }) => {
    const found = matched.replace(suffix, "");
    const words = found.split(/\s+/);
    const first = words.findIndex(
      (word, i) =>
        !(asTitle.test(word.replace(/\.$/, "")) && (word !== "M." || french || words.length - i > 2)) &&
        !isNoName(word) &&
        !(words.length - i > 1 && greets(word) && !(isParticle.test(word) && asTitle.test(words[i - 1] ?? ""))) &&
        !(words.length - i > 2 && (isLabel(word) || meaningsOf(plain(word)).size > 0)),
    );
    if (first < 0) return [];
    const [before, name] = [words.slice(0, first), words.slice(first)];
    const [opening = "", ...others] = name;
    if (/\.$/.test(opening) && others.some((word) => isNoName(word) || isLabel(word))) return [];
    const left = text.slice(Math.max(0, index - reach), index);
    const last = before.at(-1);
    const titled = last === undefined ? titleBefore.test(left) : asTitle.test(last.replace(/\.$/, ""));
    const several = others.length > 0;
    if (!several && !titled && last === undefined && /(?:^|[.!?:\n•*-]\s*)$/.test(left.slice(-3))) return [];
    // German writes all its nouns with capitals.
    if (german && !several && !titled && (last === undefined || smallWord.test(last))) return [];
    const start = last === undefined ? index : index + found.lastIndexOf(name.join(" "));
    if (start < index) return [];
    const street = /^,? \d/.test(text.slice(index + found.length, index + found.length + 3)) || /\d[a-z]? $/.test(left);
    return [
      {
        start,
        end: index + found.length,
        signs: {
          ...(titled && { titled: 1 }),
          ...(before.some((word) => isTrade(plain(word))) && { company: 1 }),
          ...(several ? { fullName: 1 } : { oneName: 1 }),
          ...(street && { street: 1 }),
        },
      },
    ];
  });
}

/** Names of people: capitalised words, two or more, or one after a title or amid a sentence; what a label has beside it in capitals. */
export function persons(text: string): Candidate[] {
  const single = [...text.matchAll(labelledName)].map(({ 0: found, index }) => ({
    start: index,
    end: index + found.replace(suffix, "").length,
    signs: { labelled: 1, oneName: 1 },
  }));
  const roled = [...text.matchAll(korean), ...text.matchAll(chinese)].map(({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
    signs: { fullName: 1 },
  }));
  const labelled = [...text.matchAll(behindLabel)].map(({ 0: found, index }) => {
    const name = found.replace(/[ ,](?:MR|MRS|MS|MISS)$/, "").replace(honorific, "");
    return { start: index, end: index + name.length, signs: { labelled: 1 } };
  });
  const respected = [...text.matchAll(honoured)].map(({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
    signs: { titled: 1, fullName: 1 },
  }));
  const signing = [...text.matchAll(signed)].map(({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
    signs: { fullName: 1 },
  }));
  const shouted = [...text.matchAll(capitals)].map(({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
    signs: { fullName: 1 },
  }));
  const kinds: readonly Found[][] = [capitalisedIn(text), single, labelled, respected, roled, signing, shouted];
  return kinds
    .flatMap((some) => outer(some).map(({ start, end, signs }) => nameAt(start, text.slice(start, end), signs)))
    .filter(({ value }) => !legalForm.test(String(value)));
}

/** Whether a word is one that letters begin or end with, and no part of the name behind it: `Mvh Torbjörn`. */
const greets = (word: string): boolean => {
  const known = knownBeside("person")(word);
  return Math.max(known.get("sender") ?? 0, known.get("addressee") ?? 0) >= sure;
};
const sure = 0.9;

/** `De` in `Mevrouw De Wit`, which elsewhere says whom a letter is from. */
const isParticle = new RegExp(`^(?:${particles})$`, "iu");

/** How far before a name its title is looked for. */
const reach = 16;

/** The candidate, with what its words show of being no person's. */
function nameAt(start: number, name: string, signs: Candidate["signs"]): Candidate {
  const words = plain(name).split(" ");
  const [opening = ""] = words;
  const company = isFurniture(name) || words.some(isTrade);
  // `Head Teacher`: words that mean something.
  const meant = words.filter((word) => meaningsOf(word).size).length;
  const worded = meant * 2 > words.length;
  return {
    start,
    end: start + name.length,
    text: name,
    value: name,
    signs: {
      ...signs,
      ...(company && { company: 1 }),
      ...(worded && { worded: 1 }),
      ...(opensStreet(opening) && { street: 1 }),
      ...(isLabel(name) && { called: 1 }),
    },
  };
}
