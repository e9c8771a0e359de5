import { expect, test } from "vitest";
import { parametersOf } from "../parameter.js";
import { said } from "./said.js";
import { ways } from "./ways.js";

const units = "The unit. Supports 'litre', 'pint', 'gallon'.";
const fields = parametersOf({
  type: "object",
  properties: { from_unit: { type: "string", description: units }, to_unit: { type: "string", description: units } },
});
const both = (from_unit: string, to_unit: string) => ({ from_unit, to_unit });

test.each([
  ["How many pints are in 3 litres?", both("pint", "pint"), both("litre", "pint")],
  ["Convert 2 gallons into litres", both("litre", "gallon"), both("gallon", "litre")],
  ["Litre or pint, which is more", both("litre", "pint"), both("litre", "pint")],
])("%s", (request, written, expected) => expect(ways(written, fields, said(request))).toEqual(expected));

test("of other texts as well", () => {
  const trip = parametersOf({ type: "object", properties: { start: { type: "string" }, destination: { type: "string" } } });
  expect(ways({ start: "Kiel", destination: "Lübeck" }, trip, said("To Kiel from Lübeck"))).toEqual({
    start: "Lübeck",
    destination: "Kiel",
  });
});
