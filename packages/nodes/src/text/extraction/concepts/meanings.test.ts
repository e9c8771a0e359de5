import { expect, test } from "vitest";
import { meansAny } from "./means-any.js";

test.each([
  ["Fensterreinigung", "clean"],
  ["remboursement", "refund"],
  ["lasteeksperter om børnene", "child"],
  ["возврата", "refund"],
  ["配送日", "deliver"],
  ["انتهاء الدورة", "course"],
])("inflected words, compounds and words amid a run mean what their parts do: %s", (text, word) => expect(meansAny(text, word)).toBe(true));

test.each([
  ["consumer", "consumed"],
  ["Stein", "table"],
  ["", "child"],
])("words that only look alike do not: %s", (text, word) => expect(meansAny(text, word)).toBe(false));
