import { expect, test } from "vitest";
import type { Fields } from "./field.js";
import { readingOf } from "./reading.js";
import { soughtFor } from "./sought.js";

const read = (fields: Fields, text: string) => {
  const found = readingOf(text, Object.fromEntries(Object.keys(fields).map((name) => [name, soughtFor(name, fields)]))).values();
  return Object.fromEntries(Object.keys(fields).map((name) => [name, found.get(name)?.value ?? null]));
};
const guests: Fields = { guests: { kind: "number", description: "number of guests" } };
const total: Fields = { total: { kind: "amount" } };
const due: Fields = { due: { kind: "date" } };
const at: Fields = { at: { kind: "time", description: "time of the meeting" } };

test.each<[Fields, string]>([
  [guests, "We are between 10 and 12 guests"],
  [guests, "We are 10 to 12 guests"],
  [guests, "Guests: 10 or 12"],
  [guests, "Wir sind zwischen 10 und 12 Gäste"],
  [{ guests: { kind: "number", description: "人数" } }, "人数: 10人または12人"],
  [total, "Total between 40.00 and 50.00 EUR"],
  [total, "Total: 40 to 50 EUR"],
  [total, "Total: 50 EUR or 60 EUR"],
  [total, "Total: zwischen 40 und 50 €"],
  [due, "Due date: 3 May 2026 or 5 May 2026"],
  [due, "Fällig am 3. Mai 2026 oder 5. Mai 2026"],
  [at, "Meeting at 10:30 or 11:30"],
])("what a text leaves open between two values is neither: %j, %s", (fields, text) => {
  expect(read(fields, text)).toEqual(Object.fromEntries(Object.keys(fields).map((name) => [name, null])));
});

test("the end of a range is the value of a field that speaks of it", () => {
  const fields: Fields = {
    minGuests: { kind: "number", description: "minimum number of guests" },
    maxGuests: { kind: "number", description: "maximum number of guests" },
  };
  expect(read(fields, "We are between 10 and 12 guests")).not.toMatchObject({ minGuests: 12 });
  expect(read(fields, "We are between 10 and 12 guests")).not.toMatchObject({ maxGuests: 10 });
});

test.each<[Fields, string, unknown]>([
  [guests, "Guests: 12, or fewer if it rains", 12],
  [guests, "Guests: 12 instead of 10", 12],
  [total, "Total: 50.00 EUR and 2 free cups", 50],
  [{ subtotal: { kind: "amount" } }, "Tea 4.80\nSubtotal 35.20\nTax 8% 2.82", 35.2],
  [total, "2 cups and a total of 50 EUR", 50],
  [due, "Due date: 3 May 2026 to 5 May 2026", "2026-05-03"],
])("what only stands beside another is a value: %j, %s", (fields, text, value) => {
  expect(Object.values(read(fields, text))).toEqual([value]);
});
