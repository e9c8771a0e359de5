import type { JsonSchema } from "@troupe/core";
import { expect, test } from "vitest";
import { leftOpen } from "./left-open.js";
import { said } from "./said.js";

const object = (properties: Record<string, JsonSchema>): JsonSchema => ({ type: "object", properties });
const table = object({ guests: { type: "integer" }, name: { type: "string" } });
const left = (request: string, parameters = table) => leftOpen(said(request), parameters).numbers.map(({ value }) => value);

test.each<[string, readonly number[]]>([
  ["Book a table for between 4 and 6 guests", []],
  ["Book a table for 4 to 6 guests", []],
  ["Book a table for 4 or 6 guests", []],
  ["Book a table for 4 guests, no, make that 6", []],
  ["Book a table for 4, sorry, 6 guests", []],
  ["Book a table for 6 guests", [6]],
  ["Book 2 tables for between 4 and 6 guests", [2]],
  ["Raise the number of guests from 4 to 6", [4, 6]],
  ["A table for 4 guests, no smoking, at number 6", [4, 6]],
  ["4 guests and 6 children", [4, 6]],
  ["A table for 4 guests, not 6", [4]],
  ["A table for 4 guests instead of 6", [4]],
  ["Not for 6 guests", [6]],
  ["Not more than 6 guests, in room 12", [6, 12]],
  ["Don't wait longer than 30 minutes, then try 5 times", [30, 5]],
  ["Nicht mehr als 6 Gäste, in Raum 12", [6, 12]],
])("of %s, %j are no two", (request, numbers) => {
  expect(left(request)).toEqual(numbers);
});

test("who takes several numbers, or an end of what may be, may take both", () => {
  const request = "A number between 4 and 6";
  expect(left(request, object({ low: { type: "number" }, high: { type: "number" } }))).toEqual([4, 6]);
  expect(left(request, object({ numbers: { type: "array", items: { type: "number" } } }))).toEqual([4, 6]);
  expect(left(request, object({ max_price: { type: "number" } }))).toEqual([4, 6]);
});
