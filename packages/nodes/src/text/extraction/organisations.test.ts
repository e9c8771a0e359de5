import { expect, test } from "vitest";
import { organisations } from "./organisations.js";
import { scoreOf } from "./weights.js";

const best = (text: string) => [...organisations(text)].sort((a, b) => scoreOf(b.signs) - scoreOf(a.signs))[0];

test.each([
  ["a number of registration is no part of a name", "ORCHID TRADING SDN BHD (482911-K)\nNO 4, JALAN MERAH\n", "ORCHID TRADING SDN BHD"],
  ["titles and stamps stand before names", "CASH SALE\nLim Brothers Hardware\nTel 555 0101\n", "Lim Brothers Hardware"],
  ["a name goes on where its line ends in &", "OLIVE FURNITURE &\nINTERIORS\n12, PARK ROAD\n", "OLIVE FURNITURE & INTERIORS"],
  ["a legal form on the next line is the name's", "BLUE HERON FOODS\nSDN BHD\nLOT 7\n", "BLUE HERON FOODS SDN BHD"],
  ["two lines of a name end with its registration", "RESTAURANT LOTUS\nLOTUS GARDEN\n002811345-M\n", "RESTAURANT LOTUS LOTUS GARDEN"],
  ["a trade alone on the next line is the name's", "HERON\nPHARMACY\n3 Mill Lane\n", "HERON PHARMACY"],
  ["a legal form beats the first line", "mei ling tan\nRIVERSIDE MOTORS SDN. BHD.\n", "RIVERSIDE MOTORS SDN. BHD."],
  ["one amid a sentence ends in its legal form", "We bought it from Kuzey Makine A.Ş. last week.", "Kuzey Makine A.Ş."],
  ["an address behind it on its line is no part of it", "Corrie Timber Ltd, Mill Road, Alness\n", "Corrie Timber Ltd"],
  [
    "an article before it is none of it, and a title amid it is",
    "Es schreibt: Die Tierklinik Dr. Sommer angerufen.",
    "Tierklinik Dr. Sommer",
  ],
  [
    "what a company is stands before its quotes",
    "В понедельник с десяти до двенадцати часов работы проведёт Управляющая компания «Заря».",
    "Управляющая компания «Заря»",
  ],
  ["what hands over to a name is no part of it", "施工单位为恒通电梯工程有限公司,现场负责人另行通知。", "恒通电梯工程有限公司"],
  ["kana may stand in one", "ご依頼主：株式会社みどり造園\n", "株式会社みどり造園"],
  ["a cooperative has a form of its own", "zwischen der Wohnbau Talblick eG und", "Wohnbau Talblick eG"],
  ["quotes are a part of one", "Организатор: ООО «Новый Парк».", "ООО «Новый Парк»"],
])("%s", (_, text, name) => {
  const found = best(text)!;
  expect(found.value).toBe(name);
  expect(text.slice(found.start, found.end).replace(/\s+/g, " ")).toBe(name);
});

test.each([
  ["the head of a table has labels", "| Item | Qty | Price |\n|---|---|---|\n| 1 | 2 | 10.00 |\n"],
  ["the same without bars at its ends", "Item | Qty | Price\n--- | :-: | ---\n1 | 2 | 10.00\n"],
  ["sentences are no name", "No total. Nothing was paid."],
])("%s: it is no name of the head", (_, text) => {
  expect(organisations(text).filter(({ signs }) => signs.head)).toEqual([]);
});
