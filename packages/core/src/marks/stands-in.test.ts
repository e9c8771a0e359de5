import { expect, test } from "vitest";
import { standsIn } from "./stands-in.js";

const words = "Send it to desk@example.org and to Ann, at most 3 times or until room 12.5 is full.";

test.each<[string, unknown]>([
  ["an address", "desk@example.org"],
  ["a name before a comma", "Ann"],
  ["a number", 3],
  ["a number at the end of a sentence's part", 12.5],
  ["several words", "at most 3 times"],
  ["a list of what is said", ["Ann", 3]],
])("%s that is said stands there", (_, literal) => expect(standsIn(words, literal as string)).toBe(true));

test.each<[string, unknown]>([
  ["the beginning of an address", "desk"],
  ["the end of an address", "example.org"],
  ["the name of a host without its end", "desk@example"],
  ["the beginning of a number", 12],
  ["the beginning of a word", "An"],
  ["the end of a word", "oom"],
  ["what nobody says", "mallory@example.org"],
  ["a list of which one part is not said", ["Ann", 4]],
])("%s does not", (_, literal) => expect(standsIn(words, literal as string)).toBe(false));
