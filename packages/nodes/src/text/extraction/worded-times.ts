import { withoutOverlaps } from "./candidate.js";

/** How a language says times of day in words: its hours from one to twelve, and phrases around one, `H`, with the minutes since it. */
interface Spoken {
  readonly hours: string;
  /** Phrases of which one hour is a part, by the minutes since that hour; they are parts of regular expressions. */
  readonly phrases: Readonly<Record<number, string>>;
}

const nordic = (hours: string, quarterPast: string, quarterTo: string): Spoken => ({
  hours,
  phrases: { [-30]: "halv H", 15: `kvart ${quarterPast} H`, [-15]: `(?:kvart|kvarter) ${quarterTo} H`, 0: "(?:klockan|klokken|kl\\.?) H" },
});

const languages: readonly Spoken[] = [
  {
    hours: "one two three four five six seven eight nine ten eleven twelve",
    phrases: {
      30: "half(?:-| )past H",
      15: "(?:a )?quarter (?:past|after) H",
      [-15]: "(?:a )?quarter (?:to|before) H",
      10: "ten (?:minutes )?past H",
      [-10]: "ten (?:minutes )?to H",
      20: "twenty (?:minutes )?past H",
      [-20]: "twenty (?:minutes )?to H",
      0: "H o['’]clock",
    },
  },
  {
    hours: "eins|ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    phrases: { [-30]: "halb H", 15: "viertel nach H", [-15]: "(?:viertel vor|dreiviertel) H", 0: "H Uhr" },
  },
  {
    hours: "een|één twee drie vier vijf zes zeven acht negen tien elf twaalf",
    phrases: { [-30]: "half H", 15: "kwart over H", [-15]: "kwart voor H", 0: "H uur" },
  },
  {
    hours: "une deux trois quatre cinq six sept huit neuf dix onze douze",
    phrases: {
      30: "(?:à )?H heures? et demie",
      15: "(?:à )?H heures? et quart",
      [-15]: "(?:à )?H heures? moins le quart",
      0: "à H heures?",
    },
  },
  {
    hours: "una dos tres cuatro cinco seis siete ocho nueve diez once doce",
    phrases: { 30: "(?:a )?las? H y media", 15: "(?:a )?las? H y cuarto", [-15]: "(?:a )?las? H menos cuarto", 0: "a las? H" },
  },
  {
    hours: "una due tre quattro cinque sei sette otto nove dieci undici dodici",
    phrases: {
      30: "(?:all[e']|le) ?H e mezz[ao]",
      15: "(?:all[e']|le) ?H e un quarto",
      [-15]: "(?:all[e']|le) ?H meno un quarto",
      0: "(?:alle|dalle) H",
    },
  },
  {
    hours: "uma duas três quatro cinco seis sete oito nove dez onze doze",
    phrases: { 30: "(?:às?|as) H e meia", 15: "(?:às?|as) H e um quarto", 0: "às? H(?: horas)?" },
  },
  nordic("ett två tre fyra fem sex sju åtta nio tio elva tolv", "över", "i"),
  nordic("et|ett to tre fire fem seks syv|sju otte|åtte ni ti elleve|elve tolv", "over", "(?:i|på)"),
  {
    hours:
      "yksi|yhtä kaksi|kahta|kahdelta kolme|kolmea|kolmelta neljä|neljää|neljältä viisi|viittä|viideltä kuusi|kuutta|kuudelta seitsemän|seitsemää|seitsemältä kahdeksan|kahdeksaa|kahdeksalta yhdeksän|yhdeksää|yhdeksältä kymmenen|kymmentä|kymmeneltä yksitoista|yhtätoista kaksitoista|kahtatoista",
    phrases: { [-30]: "puoli H", 15: "varttia yli H", [-15]: "varttia vaille H", 0: "k(?:el)?lo H" },
  },
  {
    hours: "pierwszej drugiej trzeciej czwartej piątej szóstej siódmej ósmej dziewiątej dziesiątej jedenastej dwunastej",
    phrases: { [-30]: "wpół do H", 15: "kwadrans po H", 0: "o(?: godzinie)? H" },
  },
  {
    hours: "jedné druhé třetí čtvrté páté šesté sedmé osmé deváté desáté jedenácté dvanácté",
    phrases: { [-30]: "půl H" },
  },
  {
    hours: "egy kettő|két három négy öt hat hét nyolc kilenc tíz tizenegy tizenkettő|tizenkét",
    phrases: { [-30]: "fél H(?:kor)?", 0: "H órakor" },
  },
  {
    hours: "первого второго третьего четвёртого|четвертого пятого шестого седьмого восьмого девятого десятого одиннадцатого двенадцатого",
    phrases: { [-30]: "половин[еу] H" },
  },
  {
    hours: "час два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
    phrases: { [-15]: "без четверти H", 0: "в H часов" },
  },
  {
    hours: "الواحدة الثانية الثالثة الرابعة الخامسة السادسة السابعة الثامنة التاسعة العاشرة عشرة اثنتا",
    phrases: { 30: "الساعة H والنصف", 15: "الساعة H والربع", [-15]: "الساعة H إلا (?:ربعا|ربع|الربع)ً?", 0: "الساعة H" },
  },
  {
    hours: "एक दो तीन चार पाँच|पांच छह|छः सात आठ नौ दस ग्यारह बारह",
    phrases: { 30: "साढ़े H बजे", 15: "सवा H बजे", [-15]: "पौने H बजे", 0: "H बजे" },
  },
  {
    hours: "一 二|两|兩 三 四 五 六 七 八 九 十 十一 十二",
    phrases: { 30: "H[点點时時]半", 0: "H[点點时時](?!半|间|間|候)" },
  },
];

interface Phrase {
  readonly expression: RegExp;
  readonly hours: ReadonlyMap<string, number>;
  readonly minutes: number;
}

let known: readonly Phrase[] | undefined;

/** An hour's word as it is looked up: `ſ` and `ς` are the letters whose capitals they have, as they are to expressions that leave case aside. */
const asKey = (word: string) => word.toUpperCase();

/** Each phrase as an expression, with the hours that stand in it and the minutes since them; made when first asked for. */
const phrases = () =>
  (known ??= languages.flatMap(({ hours, phrases }) => {
    const byHour = new Map(hours.split(" ").flatMap((words, i) => words.split("|").map((word) => [word, i + 1] as const)));
    // The longest first, so that none is taken for a part of it.
    const hour = `(?<hour>${[...byHour.keys()].sort((a, b) => b.length - a.length).join("|")})`;
    const [opens, closes] = /\p{Script=Han}/u.test(hours) ? ["", ""] : ["(?<![\\p{L}\\p{M}])", "(?![\\p{L}\\p{M}])"];
    return Object.entries(phrases).map(([minutes, phrase]) => ({
      expression: new RegExp(`${opens}${phrase.replace("H", hour).replaceAll(" ", "[ \\u00a0]")}${closes}`, "giu"),
      hours: new Map([...byHour].map(([word, hour]) => [asKey(word), hour])),
      minutes: Number(minutes),
    }));
  }));

/** A time of day in words, as minutes since midnight or noon, with its place. */
export interface WordedTime {
  readonly start: number;
  readonly end: number;
  readonly minutes: number;
}

/** The times of day that a text says in words: `half past seven`, `halb acht`. Which half of the day is meant stands elsewhere. */
export function wordedTimes(text: string): WordedTime[] {
  const found = phrases().flatMap(({ expression, hours, minutes }) =>
    [...text.matchAll(expression)].flatMap(({ 0: found, 1: said = "", index }) => {
      const hour = hours.get(asKey(said));
      return hour === undefined ? [] : [{ start: index, end: index + found.length, minutes: (hour * 60 + minutes + half) % half }];
    }),
  );
  // `las siete y media` is said with `a las siete` in it.
  return withoutOverlaps(found.sort((a, b) => b.end - b.start - (a.end - a.start)));
}

/** Minutes of half a day. */
const half = 12 * 60;
