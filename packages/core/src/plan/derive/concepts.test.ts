import { expect, test } from "vitest";
import { groups } from "./concept-groups.js";
import { conceptOf } from "./concepts.js";

test("a word is in one group only, so that it says one thing", () => {
  const words = groups.flatMap((group) => group.split(" "));
  expect(words.filter((word, i) => words.indexOf(word) < i)).toEqual([]);
});

test.each([
  ["content", "count"],
  ["contact", "count"],
  ["county", "count"],
  ["media", "measure"],
  ["message", "measure"],
  ["extraordinary", "extract"],
  ["ready", "read"],
  ["plaintiff", "plain"],
  ["francs", "french"],
  ["department", "departure"],
  ["memory", "memo"],
  ["authority", "author"],
  ["warehouse", "goods"],
  ["such", "find"],
  ["borrow", "delete"],
  ["worth", "word"],
  ["listen", "list"],
  ["computer", "calculate"],
  ["responsible", "respond"],
  ["turnover", "convert"],
  ["boiler", "shorten"],
  ["billion", "bill"],
  ["consultant", "consulta"],
  ["centre", "cents"],
  ["parameter", "metre"],
])("%s does not say what %s says", (one, other) => expect(conceptOf(one)).not.toBe(conceptOf(other)));

test.each([
  ["colours", "color"],
  ["localise", "localize"],
  ["organización", "organisación"],
  ["analyse", "analyze"],
  ["centre", "center"],
  ["kilometres", "kilometer"],
  ["favourite", "favorite"],
  ["neighbourhood", "neighborhood"],
  ["catalogue", "catalog"],
  ["programmes", "program"],
])("%s and %s are spellings of one word", (one, other) => expect(conceptOf(one)).toBe(conceptOf(other)));

test.each([
  ["mails", "mail"],
  ["pagos", "pay"],
  ["contar", "count"],
  ["medir", "measure"],
  ["extraer", "extract"],
  ["revisar", "check"],
  ["buscamos", "find"],
  ["wortes", "word"],
  ["loudness", "loud"],
  ["leído", "read"],
  ["consultas", "inquiry"],
  ["respuesta", "answer"],
])("%s says what %s says", (one, other) => expect(conceptOf(one)).toBe(conceptOf(other)));
