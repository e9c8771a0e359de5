import type { Json, JsonSchema } from "@troupe/core";
import { describe, expect, test } from "vitest";
import { said } from "./said.js";
import { unused } from "./unused.js";

const text = { type: "string" };
const number = { type: "number" };
const left = (request: string, properties: Record<string, JsonSchema>, args: Record<string, Json>): readonly string[] =>
  unused([{ name: "plan_trip", arguments: args }], [{ name: "plan_trip", parameters: { type: "object", properties } }], said(request));

describe("what no call takes", () => {
  test("is no number that an argument has in another unit, as a share, with another sign or within a text", () => {
    const properties = { metres: { ...number, description: "Length in metres" }, share: number, change: number, per: text };
    const request = "A trip of 12 km, 15% off, a loss of 40, every 3 weeks, for 7 people";
    expect(left(request, properties, { metres: 12000, share: 0.15, change: -40, per: "3 weeks" })).toEqual(["7"]);
  });

  test("is no day and no time that is written in another form or in parts", () => {
    const form = { ...text, description: "The day as MM/DD/YYYY" };
    const request = "From 4 March 2027 at 7:30 pm to 9 March 2027 at 8 am";
    expect(left(request, { from: form, at: text }, { from: "03/04/2027", at: "19:30" })).toEqual(["9 March 2027", "8 am"]);
    expect(left("On 4 March 2027", { year: number, month: number }, { year: 2027, month: 3 })).toEqual([]);
  });

  test("is looked for in lists and in objects", () => {
    const stops = { type: "array", items: { type: "object", properties: { town: text, nights: number } } };
    expect(
      left(
        "3 nights in 'Ribe', 2 in 'Aarhus' and 4 in 'Odense'",
        { stops },
        {
          stops: [
            { town: "Ribe", nights: 3 },
            { town: "Aarhus", nights: 2 },
          ],
        },
      ),
    ).toEqual(["4", "Odense"]);
  });

  test("is no number word, no power, no abbreviation and no function's own name", () => {
    expect(left("Use 'plan_trip' for two towns within 5 km^2 (BMI)", { size: number }, { size: 5 })).toEqual([]);
  });

  test("is an address and a code", () => {
    expect(left("Mail ann@example.org about order AB-1234", { order: text }, { order: "AB-1234" })).toEqual(["ann@example.org"]);
  });
});
