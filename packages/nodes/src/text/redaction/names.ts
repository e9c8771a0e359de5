import { persons } from "../extraction/persons.js";
import { asTitle } from "../extraction/titles.js";
import { besideOf } from "./beside.js";
import type { Personal } from "./kinds.js";

/** What stands before a name: labels, greetings, closings, and words by which people say who they are. */
const named = besideOf(
  "person",
  ["name", "customer", "patient", "addressee", "passenger", "tenant", "employee", "contact", "sender", "doctor"],
  `my name is, i am, this is, name is, next of kin, account holder, holder, titular, titulaire, witness, ich heiße, ich bin, mein name ist, name ist, inhaber, kontoinhaber,
  je m'appelle, je suis, mon nom est, me llamo, soy, mi nombre es, mi chiamo, sono, mijn naam is, ik ben, ik heet, meu nome é, chamo me, sou, jag heter, jeg hedder, jeg heter, nimeni on,
  nazywam się, mam na imię, jmenuji se, volám sa, mă numesc, zovem se, adım, benim adım, меня зовут, я, мене звати, με λένε, 担当, 私は, 氏名, lg, vg, mfg, best, cheers, thanks, love, yours, a nombre de, regards, a favor de,
  wife, husband, son, daughter, mother, father, brother, sister, friend, colleague, neighbour, neighbor, boss, partner, child, uncle, aunt, cousin, frau, mann, sohn, tochter, mutter, vater, bruder, schwester, freund, freundin, kollege, kollegin, nachbar, nachbarin, chef, chefin,
  femme, mari, fils, fille, mère, père, frère, sœur, ami, amie, collègue, voisin, voisine, esposa, esposo, marido, mujer, hijo, hija, madre, padre, hermano, hermana, amigo, amiga, compañero, compañera, vecino, vecina, moglie, marito, figlio, figlia, fratello, sorella, amico, amica, collega,
  vrouw, man, zoon, dochter, moeder, vader, broer, zus, vriend, vriendin, mulher, filho, filha, mãe, pai, irmão, irmã, colega, fru, make, dotter, mor, far, bror, syster, søn, datter, søster, ven, żona, mąż, syn, córka, brat, siostra, kolega, manželka, manžel, dcera, bratr, sestra, vaimo, mies, poika, tytär, жена, муж, сын, дочь, мать, отец, брат, сестра`,
);

/** Words that open a sentence and name nobody: what is left behind them may. */
const openers = new Set(
  `the a an in on at by for from to of and or but if when while as it its this that these those there here he she they we you i my your our his her their all some no not please see call reach write send ask tell thank meet contact email mail ring remind pay give bring take make get visit invite inform met
  let is are was were has have had will would can could may must with without after before during since until about under over new next last first second each every any both
  der die das den dem des ein eine einer eines einem und oder aber wenn als im in am an auf aus bei bis durch für gegen mit nach ohne seit um unter über von vom vor zum zur zu ich du er sie es wir ihr bitte hier dort dieser diese dieses kein keine alle nimm kann
  le la les l un une des du de et ou mais si en au aux dans par pour sur sous avec sans ce cette ces il elle nous vous je tu mon ma mes son sa ses notre votre leur consultez appelez
  el los las unos unas y o pero con sin por para del al este esta estos su sus mi mis nuestro consulte
  il lo gli i uno e ma con per tra fra di da nel nella sul sulla del della questo questa
  o os as um uma do da dos das no na nos nas em por para com sem este esta
  het een van voor met zonder bij op te naar de ik hij zij wij
  det den en ett och men om på för med utan av till jag vi du i et og for med på til fra`
    .split(/\s+/)
    .filter(Boolean),
);

/** What names of places and things end or begin with. */
const things = new Set(
  `street road avenue lane square park line station bridge river lake sea ocean mountain mount island bay city town county state university school college hospital church court museum library theatre center centre airport hotel house hall club union
  platz bahnhof brücke see berg stadt museum rathaus kirche universität gare place musée mairie lac mer rivière université hôpital église mar río lago museo nacional universidad calle plaza playa sierra monte lago fiume piazza chiesa università mare
  museum plein kerk universiteit north south east west northern southern eastern western great new old upper lower central royal national`.split(
    /\s+/,
  ),
);

/** What stands before a number, and in no name. */
const numbered = /^(?:Nr|No|Tel|Fax|Mobil|Num|Str|ID|E-?Mail)\.?$/i;

/** Months and days of the week, which no name is made of alone. */
let calendar: ReadonlySet<string> | undefined;
function calendarWords(): ReadonlySet<string> {
  if (calendar) return calendar;
  const words = ["en", "de", "fr", "es", "it", "nl", "pt", "sv", "da", "pl", "cs", "fi"].flatMap((language) => [
    ...Array.from({ length: 12 }, (_, i) =>
      new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" }).format(Date.UTC(2026, i, 8)),
    ),
    ...Array.from({ length: 7 }, (_, i) =>
      new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format(Date.UTC(2026, 0, i + 4)),
    ),
  ]);
  return (calendar = new Set(words.map((word) => word.toLowerCase())));
}

/** Whether a word opens a sentence, or is a month or a day. */
const namesNobody = (word: string) => openers.has(word.toLowerCase()) || calendarWords().has(word.toLowerCase());

/** What stands before a name is none of the one before it: `Witness Dr. Samuel Achterberg`. */
const title = / (?:Dr|Prof|Mr|Mrs|Ms|Sr|Sra|Hr|Fr|Frau|Herr|Mme|Ing)$/;

/** Names of people: titled, labelled, greeted or signing, two capitalised words amid a sentence; and parts of these where they stand again. */
export function names(text: string): Personal[] {
  const sure: Personal[] = [];
  for (const { start, text: name, signs } of persons(text)) {
    if (signs.company || signs.street) continue;
    const words = name.replace(title, "").split(/\s+/);
    const first = signs.titled ? 0 : words.findIndex((word) => !namesNobody(word));
    if (first < 0 || words.every(namesNobody)) continue;
    const left = words.slice(first);
    const [opening = ""] = left;
    const from = start + (first === 0 ? 0 : name.indexOf(opening));
    const told = signs.titled || named(text, from);
    if (signs.labelled && !told) continue;
    if (!signs.titled && left.every((word) => many.has(word.toLowerCase()))) continue;
    if (left.some((word) => numbered.test(word))) continue;
    if (signs.called && !told) continue;
    if ((left.length < 2 || [opening, ...left.slice(-1)].some((word) => things.has(word.toLowerCase()))) && !told) continue;
    // `Sanierung der Turnhalle`: the article alone joins no name.
    if (!told && /^\p{Lu}\S* (?:der|den|la|le|el|de|y|al) \p{Lu}/u.test(left.join(" ")) && first > 0) continue;
    if (!told && left.some((word) => /^(?:der|den)$/.test(word)) && !/(?<![\p{L}\d])(?:van|von|auf)(?![\p{L}\d])/u.test(left.join(" ")))
      continue;
    sure.push({ start: from, end: start + name.replace(title, "").length, kind: "person" });
  }
  const all = [...sure, ...addressed(text)];
  return [...all, ...again(text, all)];
}

const name = "\\p{Lu}[\\p{Ll}\\p{M}'’-]+(?:-\\p{Lu}\\p{Ll}+)?";
const greetings =
  "Dear|Hello|Hi|Hey|Good morning|Liebe|Lieber|Hallo|Guten Tag|Guten Morgen|Moin|Servus|Bonjour|Salut|Bonsoir|Cher|Chère|Hola|Estimado|Estimada|Querido|Querida|Buenos días|Gentile|Caro|Cara|Ciao|Buongiorno|Prezado|Prezada|Olá|Caro|Cara|Beste|Geachte|Dag|Hoi|Hej|Hejsan|Bästa|Kära|Kære|Hei|Kjære|Hyvä|Moi|Terve|Szanowny|Szanowna|Cześć|Drogi|Droga|Witaj|Vážený|Vážená|Milý|Milá|Ahoj|Dobrý den|Kedves|Tisztelt|Szia|Stimate|Stimată|Dragă|Bună|Poštovani|Poštovana|Dragi|Draga|Zdravo|Merhaba|Sayın|Sevgili|Здравствуйте|Здравствуй|Привет|Уважаемый|Уважаемая|Дорогой|Дорогая|Добрый день|Шановний|Шановна|Привіт|Αγαπητέ|Αγαπητή|Γεια σου";
/** Who is greeted as one of many. */
const many = new Set(
  `all everyone everybody folks guys team support sir sirs madam customer customers client clients friend friends colleague colleagues guest guests member members neighbour neighbours neighbor neighbors parents student students subscriber subscribers user users reader readers partner partners resident residents applicant world
  zusammen kunde kunden kundin kundinnen freunde freundinnen kollege kollegen kollegin kolleginnen gäste mitglieder nachbarn eltern leser leserin welt damen herren
  équipe cliente clientes clients ami amis amies collègue collègues tous toutes monde messieurs mesdames equipo amigo amigos colega colegas todos todas mundo señores equipe
  clienti amici colleghi tutti mondo klant klanten collega vrienden allemaal wereld kund kunder vänner alla världen kunde kunder venner alle verden`.split(
    /\s+/,
  ),
);
/** Whoever is greeted, at the head of a letter. */
const greeted = new RegExp(`(?<![\\p{L}\\d])(?:${greetings}),? (${name}(?: ${name})?)(?=\\s*(?:[,!:.;–-]|$|\\n))`, "gmu");
const closings =
  "(?:kind|best|warm|many)?\\s?regards|best wishes|sincerely|yours(?: truly| sincerely| faithfully)?|cheers|thanks|thank you|love|mit freundlichen grüßen|(?:viele|liebe|beste|herzliche|schöne) grüße|gruß|lg|vg|mfg|cordialement|bien à vous|bises|amicalement|saludos|un saludo|atentamente|un abrazo|cordiali saluti|distinti saluti|saluti|a presto|cumprimentos|atenciosamente|abraço|groeten|groet|met vriendelijke groet|hälsningar|med vänlig hälsning|mvh|hilsen|venlig hilsen|med venlig hilsen|terveisin|pozdrawiam|z poważaniem|s pozdravem|üdvözlettel|cu stimă|srdačan pozdrav|saygılarımla|sevgiler|с уважением|всего доброго|з повагою";
/** Whoever signs. */
const signing = new RegExp(`(?<!\\p{L})(?:${closings})[,.!]?\\s{1,4}(${name}(?: ${name}){0,2})(?=[^\\p{L}]|$)`, "giu");
/** Names are capitalised where the words before them need not be. */
const capitalised = /^\p{Lu}\p{Ll}/u;

/** Those greeted and those who sign. */
function addressed(text: string): Personal[] {
  return [...text.matchAll(greeted), ...text.matchAll(signing)].flatMap(({ 0: found, 1: who = "", index }) => {
    const end = index + found.length;
    // A title in front is no part of a name, and none where the name comes behind its point.
    const words = who.split(" ");
    while (words[0] !== undefined && asTitle.test(words[0])) words.shift();
    const some = words.filter((word) => capitalised.test(word) && !namesNobody(word) && !many.has(word.toLowerCase()));
    return words.length > 0 && some.length === words.length ? [{ start: end - words.join(" ").length, end, kind: "person" as const }] : [];
  });
}

/** Where a word of a name stands by itself, in capitals, with an ending (`Brandt's`, `Brandts`) or as half of another too. */
function again(text: string, known: readonly Personal[]): Personal[] {
  const words = new Set(
    known
      .flatMap(({ start, end }) => text.slice(start, end).split(/[\s.]+/))
      .filter((word) => /^\p{Lu}[\p{L}'’-]+$/u.test(word) && (word.length > 2 || !openers.has(word.toLowerCase())))
      .map((word) => word.toLowerCase()),
  );
  const isKnown = (word: string) => words.has(word.toLowerCase());
  return [...text.matchAll(/(?<![\p{L}\d])\p{Lu}[\p{L}'’-]+(?![\p{L}\d])/gu)].flatMap(({ 0: found, index }) => {
    const bare = [found, found.replace(ending, "")].find(isKnown);
    const halves =
      bare === undefined ? [...found.matchAll(/[^-]+/g)].map(({ 0: half, index: at }) => ({ half, at })) : [{ half: bare, at: 0 }];
    return halves
      .filter(({ half }) => isKnown(half))
      .map(({ half, at }) => ({ start: index + at, end: index + at + half.length, kind: "person" as const }));
  });
}

/** What stands behind a name to say whose something is. */
const ending = /(?:['’]s?|s)$/iu;
