import fc from "fast-check";
import { expect, test } from "vitest";
import { isLooping } from "./is-looping.js";

test("finds whatever is repeated to the end", () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 1, maxLength: 300 }), fc.nat(299), (before, round, offset) =>
      isLooping(before + round.repeat(Math.ceil(2000 / round.length)).slice(0, 2000 - (offset % round.length))),
    ),
  );
});

test("leaves lists, tables and prose alone", () => {
  const rows = Array.from({ length: 60 }, (_, i) => `{"id": ${i}, "name": "Anna", "done": false}`).join(", ");
  const prose = "The quick brown fox jumps over the lazy dog. A big wizard quizzed the jolly king about it. ".repeat(4);
  for (const text of ["", "a", "ab".repeat(150), `[${rows}`, prose, `[${Array.from({ length: 300 }, (_, i) => i).join(",")}`])
    expect([text, isLooping(text)]).toEqual([text, false]);
});
