import { partsOf } from "@troupe/core";
import { expect, test } from "vitest";
import { withoutValues } from "./without-values.js";

test.each([
  ["Any direct trains from Ghent to Bruges on 14 April 2027?", "Any direct trains from to on ?"],
  ["What is the tone of 'The boiler broke, and nobody came'?", "What is the tone of ?"],
  ["mix paint", "mix paint"],
])("%s", (request, expected) => expect(withoutValues(request)).toBe(expected));

test("a part that is a quotation asks for nothing", () => {
  const request = "Tell me the tone of this note: 'The boiler broke again.'";
  expect(partsOf(request).map((part) => withoutValues(request, part))).toEqual(["Tell me the tone of this note", ""]);
});
