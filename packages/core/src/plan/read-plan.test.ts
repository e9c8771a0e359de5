import { expect, test } from "vitest";
import { readPlan } from "./read-plan.js";

const refOf = (ref: string) => (readPlan({ tasks: [], output: { a: { ref } } })!.plan.output.a as { ref: string }).ref;

test.each([
  ["{{ t1.output.text }}", "t1.text"],
  ["$t1.text$", "t1.text"],
  ["<t1>", "t1"],
  ["inputs.memo", "input.memo"],
  ["t1['text']", "t1.text"],
  ["`t1.result.text`", "t1.text"],
])("reads the ref %s", (written, ref) => {
  expect(refOf(written)).toBe(ref);
});

test("takes what is too long for a ref as it is written, without looking into it", () => {
  for (const one of ["]", "[", "['", "a.", " ]"]) {
    const long = one.repeat(40_000);
    expect(refOf(long) === long).toBe(true);
  }
});
