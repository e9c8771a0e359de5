import { expect, test } from "vitest";
import { rangeEnds } from "./ranges.js";
import { times } from "./times.js";

const ends = (text: string) => {
  const found = times(text);
  const which = rangeEnds(text, found);
  return found.map((one) => which.get(one));
};

test.each(["from 9:00 to 11:30", "von 9:00 bis 11:30 Uhr", "9:00 – 11:30", "9:00から11:30まで", "de 9:00 a 11:30", "с 9:00 до 11:30"])(
  "the ends of a range: %s",
  (text) => expect(ends(text)).toEqual([1, -1]),
);
test("two times that nothing links are none", () => expect(ends("doors 9:00, start 11:30")).toEqual([undefined, undefined]));
