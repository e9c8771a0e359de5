import { expect, test } from "vitest";
import type { Fields } from "./field.js";
import { rank } from "./rank.js";
import { soughtFor } from "./sought.js";
import { surveyOf } from "./survey.js";

/** The likeliest value of each field. */
const best = (text: string, fields: Fields) =>
  Object.fromEntries(
    Object.keys(fields).map((name) => {
      const sought = soughtFor(name, fields);
      return [name, rank(surveyOf(sought.kind, text), sought)[0]?.candidate.value];
    }),
  );

test("what stands behind a name in brackets or between commas is said of it, and not of the next", () => {
  const roles = { chair: { kind: "person" }, treasurer: { kind: "person" }, secretary: { kind: "person" } } as const;
  expect(best("Present: Ada Finch (chair), Tom Reeve (treasurer), Ivo Lund (secretary)", roles)).toEqual({
    chair: "Ada Finch",
    treasurer: "Tom Reeve",
    secretary: "Ivo Lund",
  });
  const parties = { landlord: { kind: "person" }, tenant: { kind: "person" } } as const;
  expect(best("De una parte, Inés Robledo Gil, como arrendadora, y de otra, Saúl Otero Paz, como inquilino.", parties).tenant).toBe(
    "Saúl Otero Paz",
  );
});

test("what an amount is for is not what the next one is", () => {
  const deposit = { deposit: { kind: "amount" } } as const;
  expect(best("Se pagan 210 euros de fianza y por la llave otros 25 euros.", deposit)).toEqual({ deposit: 210 });
});

test.each([
  ["new", "new monthly rent", 655],
  ["previous", "previous monthly rent", 640],
])("of what goes from one amount to another %s is the one that it speaks of", (_, description, amount) => {
  expect(best("The rent goes from £640.00 to £655.00 in May.", { it: { kind: "amount", description } })).toEqual({ it: amount });
});
