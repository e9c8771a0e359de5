import { expect, test } from "vitest";
import { labelJudge } from "./label-match.js";
import { persons } from "./persons.js";
import { plain } from "./plain.js";
import { plainWords } from "./plain-words.js";
import { isTelling } from "./stop-words.js";
import { isTrade, isTradeWord } from "./trades.js";

test("a list is known by plain words, however it is written", () => {
  const listed = plainWords("für straße ár číslo δήμος музей");
  for (const word of ["für", "straße", "ár", "číslo", "δήμος", "музей"]) expect(listed(plain(word)), word).toBe(true);
  expect(listed("und")).toBe(false);
});

test("words with accents say nothing of what a value is where their lists say so", () => {
  const words = ["für", "Gebühr", "coût", "preço", "ücret", "são", "numéro", "número", "стоимость"];
  expect(words.filter((word) => isTelling(plain(word)))).toEqual([]);
});

test("words with accents, and with a final sigma, are trades", () => {
  const words = ["penzión", "δήμος", "σύλλογος", "ταβέρνα", "музей", "lekárna"];
  expect(words.filter((word) => !isTradeWord(plain(word)) || !isTrade(plain(word)))).toEqual([]);
});

test("words with accents, and with a final sigma, begin streets", () => {
  const streets = ["Praça Nova", "Náměstí Míru", "Οδός Αθηνών", "Λεωφόρος Κηφισίας", "Площадь Мира"];
  expect(streets.filter((name) => !persons(`wir sahen ${name} heute`).some(({ signs }) => signs.street))).toEqual([]);
});

test("words with accents only join as others do", () => {
  const judge = labelJudge([["start", ["från", "from"]]]);
  expect(["from", "från"].map((word) => judge(`${word} och med`).size)).toEqual([0, 0]);
});
