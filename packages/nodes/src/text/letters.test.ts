import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { isAddress } from "./extraction/address-lines.js";
import { formOf } from "./extraction/forms.js";
import { emails } from "./extraction/spans.js";
import { facts } from "./facts.js";
import { homes } from "./redaction/homes.js";

test("no expression that reads texts takes only the letters of English for letters", async () => {
  const folder = new URL(".", import.meta.url);
  const files = (await readdir(folder, { recursive: true })).filter((name) => /(?<!\.test)\.ts$/.test(name));
  const lines = files.map(async (file) =>
    (await readFile(new URL(file, folder), "utf8")).split("\n").map((line) => `${file}: ${line.trim()}`),
  );
  expect((await Promise.all(lines)).flat().filter((line) => /\\[bwW]/.test(line))).toEqual([]);
});

test.each([
  "номер заявки",
  "код замка",
  "número de expediente",
  "código de acceso",
  "číslo zakázky",
  "numéro de dossier",
  "αριθμός πρωτοκόλλου",
  "κωδικός",
  "szám",
  "reg. no.: of the file",
])("a field that speaks of a code in any alphabet is one: %s", (query) => expect(formOf({ concepts: new Set(), query })).toBe("code"));

test.each(["кодекс", "numérologie", "códigos", "nové", "idée"])("a longer word is none: %s", (query) =>
  expect(formOf({ concepts: new Set(), query })).toBe("words"),
);

test.each([
  ["Schreib an jörg.müller@straße.de, bitte", ["jörg.müller@straße.de"]],
  ["пишите на почта@пример.рф", ["почта@пример.рф"]],
  ["メールはinfo@example.jpまで", ["info@example.jp"]],
])("mail addresses whole: %s", (said, found) => expect(emails(said).map(({ value }) => value)).toEqual(found));

test("names in capitals whole", () => expect([...facts("ÖBB fährt. ЗАО платит.")]).toEqual(expect.arrayContaining(["öbb", "зао"])));

test("a word that goes on is no part of an address", () => {
  expect(homes("mit 14 Anna Stålberg und")).toEqual([]);
  expect(["Avó Maria", "Rué Bakery"].filter(isAddress)).toEqual([]);
});
