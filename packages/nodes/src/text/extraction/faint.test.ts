import { expect, test } from "vitest";
import { alone } from "../alone.js";
import { extract } from "../extract.js";
import { candidatesFor, readingsOf } from "./candidates.js";
import type { Kind } from "./field.js";

const faintIn = (kind: Kind, text: string) =>
  candidatesFor(kind, text, readingsOf(text)).flatMap(({ signs, value }) => (signs.faint ? [value] : []));

test.each([
  ["amount", "so 130 altogether, and 1,150 a month", [130, 1150]],
  ["amount", "Die Zuzahlung (18,50 Euro) zahlen Sie bar", [18.5]],
  ["number", "12,400 households", [12_400]],
  ["time", "Kapellet spelar 20.30", ["20:30"]],
  ["text", "Coach F   Seat 12", ["F"]],
  ["text", "Re: Biscuit – dental treatment", ["Biscuit"]],
  ["text", "let's meet at Luca's Noodle Bar at five", ["Luca's Noodle Bar"]],
  ["text", "订好了!湖心楼,包间在二楼", ["湖心楼"]],
  ["organisation", "15 Aug  Salary Orbis Print Ltd   2,310.44", ["Orbis Print Ltd"]],
  ["organisation", "Pralnia „Tęcza” w Kamieńczyku", ["Pralnia „Tęcza”"]],
  ["person", "opened by Trooper Judith Ferrant", ["Judith Ferrant"]],
] as const)("what may be a %s though hardly anything of its form says so: %s", (kind, text, values) => {
  expect(faintIn(kind, text)).toEqual(expect.arrayContaining([...values]));
});

test.each([
  ["amount", "in 2026"],
  ["amount", "20 %"],
  ["time", "€ 20.30"],
  ["time", "20.30 €"],
  ["time", "until 8.30 pm"],
] as const)("not even faintly a %s: %s", (kind, text) => expect(faintIn(kind, text)).toEqual([]));

test("patterns alone take nothing that is only faintly of its kind", async () => {
  const reader = extract({ engine: "patterns", fields: { households: { kind: "number" } } });
  expect((await alone(reader).invoke({ text: "Households: 12,400" })).households).toBeNull();
  expect((await alone(reader).invoke({ text: "Households: 12,400 (2.5 people each)" })).households).toBe(12_400);
});
