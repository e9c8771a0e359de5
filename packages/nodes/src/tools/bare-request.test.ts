import { partsOf } from "@troupe/core";
import { expect, test } from "vitest";
import { bareRequest } from "./bare-request.js";

test.each([
  ["Any direct trains from Ghent to Bruges on 14 April 2027?", "Any direct trains from to on ?"],
  ["What is the tone of 'The boiler broke, and nobody came'?", "What is the tone of ?"],
  ["mix paint", "mix paint"],
])("%s", (request, expected) => expect(bareRequest(request)).toBe(expected));

test("a part that is a quotation asks for nothing", () => {
  const request = "Tell me the tone of this note: 'The boiler broke again.'";
  expect(partsOf(request).map((part) => bareRequest(request, part))).toEqual(["Tell me the tone of this note", ""]);
});
