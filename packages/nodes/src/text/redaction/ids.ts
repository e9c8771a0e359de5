import { luhn } from "./checksums.js";
import type { Personal } from "./kinds.js";

/** Numbers that states give to people, each written in a way of its own; `holds` tells one from numbers written alike. */
const formed: readonly { readonly form: RegExp; readonly holds?: (found: string) => boolean }[] = [
  // United States: social security; United Kingdom: national insurance
  { form: /(?<![\d-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])/g },
  { form: /(?<![\p{L}\d])[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![\p{L}\d])/gu },
  // Spain: DNI and NIE, by their letter
  {
    form: /(?<![\p{L}\d])[XYZ\d]\d{7}[- ]?[A-Z](?![\p{L}\d])/gu,
    holds: (found) =>
      "TRWAGMYFPDXBNJZSQVHLCKE"[
        Number(
          found
            .replace(/[- ]/g, "")
            .slice(0, 8)
            .replace(/[XYZ]/, (x) => String("XYZ".indexOf(x))),
        ) % 23
      ] === found.at(-1),
  },
  // Italy: codice fiscale; Brazil: CPF; Switzerland: AHV
  { form: /(?<![\p{L}\d])[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?![\p{L}\d])/giu },
  { form: /(?<!\d)\d{3}\.\d{3}\.\d{3}-\d{2}(?!\d)/g },
  { form: /(?<!\d)756\.\d{4}\.\d{4}\.\d{2}(?!\d)/g },
  // France: social security; Sweden: personnummer; Finland: henkilötunnus; Denmark: CPR
  {
    form: /(?<!\d)[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-4]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3}(?: ?\d{2})?(?!\d)/g,
    holds: (found) => /^\d \d{2} /.test(found) || found.replace(/\D/g, "").length === 15,
  },
  {
    form: /(?<!\d)(?:\d{2})?\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])[-+]\d{4}(?!\d)/g,
    holds: (found) => luhn(found.replace(/\D/g, "").slice(-10)),
  },
  { form: /(?<!\d)(?:[0-2]\d|3[01])(?:0[1-9]|1[0-2])\d{2}[-+A-FU-Y]\d{3}[\dA-Y](?![\p{L}\d])/gu },
  { form: /(?<!\d)(?:[0-2]\d|3[01])(?:0[1-9]|1[0-2])\d{2}-\d{4}(?!\d)/g },
  // Germany: pension insurance
  { form: /(?<!\d)\d{2} ?(?:[0-2]\d|3[01])(?:0[1-9]|1[0-2])\d{2} ?[A-Z] ?\d{3}(?!\d)/g },
];

/** What is said before a number that is given to one person. */
const said =
  /(?<!\p{L})(?:passport|passeport|reisepass|pass(?=[- ]?n)|pasaporte|passaporto|paspoort|paszport|паспорт|(?:personal)?ausweis|id(?:entity)?(?:[- ]card)?|identification|identity|social security|ssn|itin|nhs|nino|national insurance|tax id|steuer-?id(?:nr|entifikationsnummer)?|idnr|sozialversicherungs(?:nummer|nr)|versicherungs(?:nummer|nr)|versichertennummer|führerschein|driver'?s? licen[cs]e|driving licen[cs]e|licen[cs]e|permis de conduire|sécurité sociale|carte (?:d'identité|vitale)|dni|nie|nif|cpf|cnh|rg|codice fiscale|carta d'identità|patente|tessera sanitaria|bsn|burgerservicenummer|personnummer|samordningsnummer|cpr(?:-nummer)?|fødselsnummer|henkilötunnus|hetu|pesel|dowód osobisty|rodné číslo|občanský průkaz|személyi szám|taj|cnp|oib|jmbg|kimlik|снилс|инн|マイナンバー|免許証|身份证(?:号)?|주민등록번호|employee|personal(?:nummer|nr)|matricule|matrícula|patient(?:en)?|medical record|mrn|member(?:ship)?|mitglieds(?:nummer|nr)|insurance|policy)(?![\p{L}])(?:[- ]?(?:card|id|kart[ae]))?(?:[ -]?(?:no|nr|num(?:ber|mer|éro|ero|ero)?|número|numéro|numero|nummer|n[°ºo]))?\.?[ \t]{0,2}[:#=]?[ \t]{0,3}((?:[A-Z]{1,4}[- ]?)?(?=[A-Z\d/-]*\d)[A-Z\d][A-Z\d/.-]{2,24}(?: [A-Z\d]{1,6}){0,4})(?![\p{L}\d])/giu;

/** Numbers given to people: by their form, or by what is said before them. */
export function ids(text: string): Personal[] {
  const formal = formed.flatMap(({ form, holds = () => true }) =>
    [...text.matchAll(form)]
      .filter(({ 0: found }) => holds(found))
      .map(({ 0: found, index }) => ({ start: index, end: index + found.length })),
  );
  const told = [...text.matchAll(said)].flatMap(({ 0: found, 1: number = "", index }) => {
    // Words in small letters behind a number are none of it.
    const own = /^.*\d[A-Z\d/-]*/s.exec(number)?.[0] ?? "";
    const start = index + found.length - number.length;
    return own.replace(/\P{N}/gu, "").length >= 3 ? [{ start, end: start + own.replace(/[.,/-]+$/, "").length }] : [];
  });
  return [...formal, ...told].map((one) => ({ ...one, kind: "id" as const }));
}
