import { expect, test } from "vitest";
import { isBill } from "./bill.js";
import { numerals } from "./numerals.js";

test.each([
  ["a receipt", "Heron Cafe\n2 x Tea 4.00\nScone 2.50\nTOTAL 6.50\n", true],
  ["a list without cents", "Tea 4\nScone 2\nTOTAL 6\n", false],
  [
    "a letter",
    "Dear Ms Lane,\nthe rent of 640.00 and the deposit of 900.00 are due with the fee of 25.00, which we told you about in March.\nKind regards\n",
    false,
  ],
])("%s is a bill: %#", (_, text, is) => expect(isBill(text, numerals(text))).toBe(is));
