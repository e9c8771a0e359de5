import { expect, test } from "vitest";
import type { Kind } from "./field.js";
import { grounded } from "./grounded.js";
import type { Said } from "./named-by.js";
import { surveyOf } from "./survey.js";

const meant = (kind: Kind, text: string, said: Said) => {
  const found = grounded(said, surveyOf(kind, text));
  return found && [found.value, text.slice(found.start, found.end)];
};

test.each<[Kind, string, Said, (string | number)[]]>([
  ["date", "Delivery on 20 August, ordered 1 August 2026.", "20 August", ["2026-08-20", "20 August"]],
  ["date", "Delivery on 20 August 2026, ordered 1 August 2026.", "2026-08-20", ["2026-08-20", "20 August 2026"]],
  ["time", "Ring at 7:45, not at 9:15.", "07:45", ["07:45", "7:45"]],
  ["time", "Open from 9:30 to 18:00.", "from 9:30", ["09:30", "9:30"]],
  ["amount", "Zu zahlen sind 1.497,97 € von 2.097,97 €.", 1.49797, [1497.97, "1.497,97"]],
  ["amount", "Zu zahlen sind 1.497,97 € von 2.097,97 €.", "1.497,97 €", [1497.97, "1.497,97"]],
  ["number", "Afecta a 9 colonias y 12,400 tomas.", 12400, [12400, "12,400"]],
  ["amount", "Zu zahlen sind 1.500,00 €.", 1.5, [1500, "1.500,00"]],
  ["amount", "Total           6 096.15", "6 096.15", [6096.15, "6 096.15"]],
  ["amount", "The dinner (EUR 72.00) has been booked.", "EUR 72.00", [72, "72.00"]],
  ["amount", "Total: 65.000 €, of it 41,70 € paid", "65000", [65000, "65.000"]],
  ["number", "Used 38 m³ in 30 days.", "38 m³", [38, "38"]],
  ["person", "Client: Siobhán Mac Namara, Kilrush Road", "Siobhán Mac Namara, Kilrush Road", ["Siobhán Mac Namara", "Siobhán Mac Namara"]],
  ["person", "Bitte an Frau Renate Dombrowski zahlen.", "Frau Renate Dombrowski", ["Renate Dombrowski", "Renate Dombrowski"]],
  ["person", "Mit freundlichen Grüßen\ni. A. Torben Haack", "i. A. Torben Haack", ["Torben Haack", "Torben Haack"]],
  ["person", "gevonden door chauffeur Rachida el Amrani", "chauffeur Rachida el Amrani", ["Rachida el Amrani", "Rachida el Amrani"]],
  ["person", "la doctora Amparo Leiva", "doctora Amparo Leiva", ["Amparo Leiva", "Amparo Leiva"]],
  ["person", "opened by Councillor Judith Ferrant", "Councillor Judith Ferrant", ["Judith Ferrant", "Judith Ferrant"]],
  ["person", "amministratore: rag. Patrizia Benvegnù", "rag. Patrizia Benvegnù", ["Patrizia Benvegnù", "Patrizia Benvegnù"]],
  ["person", "안내는 채보람 씨가 맡습니다.", "채보람 씨", ["채보람", "채보람"]],
  ["person", "窓口は小林 恵さんです。", "小林 恵さん", ["小林 恵", "小林 恵"]],
  ["person", "Arayan: Ayşe Hanım", "Ayşe Hanım", ["Ayşe", "Ayşe"]],
  ["person", "A felelős Hegedűs Barnabás úr lesz.", "Hegedűs Barnabás úr", ["Hegedűs Barnabás", "Hegedűs Barnabás"]],
  ["person", "Sung by Yasiin Bey.", "Yasiin Bey", ["Yasiin Bey", "Yasiin Bey"]],
  ["person", "Conduce Pastor Maldonado.", "Pastor Maldonado", ["Pastor Maldonado", "Pastor Maldonado"]],
  ["time", "The meeting closed at 8.25 pm. It began at 7.00 pm", "8.25 pm", ["20:25", "8.25 pm."]],
  ["person", "signed by van der Berg", "van der Berg", ["van der Berg", "van der Berg"]],
  ["text", "tag px 30992 is on the dock", "px 30992", ["px 30992", "px 30992"]],
])("%s in %s, said as %s", (kind, text, said, found) => expect(meant(kind, text, said)).toEqual(found));

test.each([null, "null", "", "N/A", "not mentioned"])("nothing is meant by %s", (said) =>
  expect(meant("text", "Tag PX-1", said)).toBeNull(),
);

test.each<[Kind, string, Said]>([
  ["number", "Afecta a 9 colonias y 12,400 tomas.", 124],
  ["number", "Afecta a 9 colonias y 12,400 tomas.", "124"],
  ["number", "Ends in 30 days.", 3],
  ["amount", "To pay: 1,200 EUR", 12],
])("a number of other digits is none: %s in %s, said as %s", (kind, text, said) => expect(meant(kind, text, said)).toBeUndefined());

test.each<[Kind, Said]>([
  ["date", "2026-08-21"],
  ["amount", 12],
  ["amount", "15%"],
  ["person", "Ann Lee"],
  ["text", "PX-2"],
  ["email", "ann@example.org"],
])("what the text does not have is no value: %s %s", (kind, said) =>
  expect(meant(kind, "Order of 20 August 2026, 14.20 and 16.30 EUR, tag PX-1, by Bo Holm", said)).toBeUndefined(),
);
