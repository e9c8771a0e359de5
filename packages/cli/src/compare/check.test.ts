import type { JsonSchema } from "@troupe/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Check, holds, readCheck } from "./check.js";

const text = { type: "string" } as const;
const checkOf = (given: unknown, schema: JsonSchema): Check => (readCheck(given, "field", schema) as { check: Check }).check;
const wrong = (given: unknown, schema: JsonSchema) => readCheck(given, "field", schema) as { what: string; hint: string };

describe("what a suite expects of a field", () => {
  it("is a value where equality tells right from wrong", () => {
    const closed = [
      [{ enum: ["a", "b"] }, "a", "b"],
      [{ type: "boolean" }, true, false],
      [{ type: "integer" }, 3, 4],
      [{ anyOf: [{ type: "string", format: "date" }, { type: "null" }] }, "2026-11-27", "2026-11-28"],
      [{ type: "array", items: { enum: ["a", "b"] } }, ["a", "b"], ["b", "a"]],
      [{ type: "object", properties: { n: { type: "number" } }, required: ["n"] }, { n: 1 }, { n: 2 }],
    ] as const;
    for (const [schema, right, not] of closed) {
      expect(holds(checkOf(right, schema), right)).toBe(true);
      expect(holds(checkOf(right, schema), not)).toBe(false);
    }
  });

  it("is never a free text by itself, alone or in a list, nor a value that the schema does not allow", () => {
    for (const [given, schema] of [
      ["so", text],
      [["so"], { type: "array", items: text }],
      [{ a: "so" }, { type: "object", properties: { a: text } }],
    ] as const)
      expect(wrong(given, schema)).toMatchObject({
        what: "field is free text, which equality does not judge",
        hint: expect.stringContaining("is: …"),
      });
    expect(wrong("refnud", { enum: ["refund"] }).what).toMatch(/^field is never that: /);
  });

  it("refuses tests that test nothing, with what to write", () => {
    expect(wrong({ near: 3 }, { type: "number" }).what).toContain("near and within stand together");
    expect(wrong({ contains: [""] }, text).what).toContain("contains is no text");
    expect(wrong({ matches: "(" }, text).what).toContain("Invalid regular expression");
    expect(wrong({ lt: "3" }, { type: "number" }).what).toContain("lt is no number");
  });

  it("may be null, which a missing field is too", () => {
    const check = checkOf(null, { anyOf: [text, { type: "null" }] });
    expect([holds(check, null), holds(check, undefined), holds(check, "x"), holds(check, "")]).toEqual([true, true, false, false]);
  });

  it("is a number and how far from it", () => {
    const check = checkOf({ near: 12.9, within: 0.01 }, { type: "number" });
    expect([12.9, 12.91, 12.89, 12.92, "12.9", null].map((value) => holds(check, value))).toEqual([true, true, true, false, false, false]);
  });

  it("is a text but for case, spaces and punctuation", () => {
    const check = checkOf({ is: "K-20418" }, text);
    expect(["K-20418", "k 20418.", "K20418", "K-20419", "", null].map((value) => holds(check, value))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it("is what a text, or one of a list, has and has not", () => {
    const check = checkOf({ contains: ["crash.log", "Shift"], lacks: "password" }, text);
    expect(holds(check, "Hold shift, then send\n CRASH.LOG")).toBe(true);
    expect(holds(check, ["hold Shift", "send crash.log"])).toBe(true);
    expect(holds(check, "Hold Shift, send crash.log and your password")).toBe(false);
    expect(holds(check, "crash.log")).toBe(false);
    expect(holds(checkOf({ matches: "^RE: \\d+" }, text), "RE: 12")).toBe(true);
  });

  it("never holds of nothing, unless nothing is what it asks for", () => {
    const check = fc.oneof(
      fc.record({ is: fc.string({ minLength: 1 }).filter((one) => /[a-z0-9]/i.test(one)) }),
      fc.record({ contains: fc.string({ minLength: 1 }).filter((one) => one.trim() !== "") }),
      fc.record({ lacks: fc.string({ minLength: 1 }).filter((one) => one.trim() !== "") }),
      fc.record({ near: fc.integer(), within: fc.nat() }),
      fc.record({ gte: fc.integer() }),
      fc.record({ in: fc.array(fc.string()) }),
      fc.constant({ exists: true, matches: "" }),
    );
    fc.assert(fc.property(check, (one) => !holds(one as Check, null) && !holds(one as Check, undefined)));
  });
});
