import { expect, test } from "vitest";
import { letterParts } from "./letter-parts.js";
import { linesOf } from "./lines.js";

const partsOf = (text: string) => {
  const lines = linesOf(text);
  const parts = letterParts(lines);
  return Object.fromEntries(lines.flatMap(({ text, start }) => (parts.has(start) ? [[text, parts.get(start)]] : [])));
};

test("whom a letter goes to stands above the street, and who signs below the formula", () => {
  const letter =
    "Brook Lettings\nMill House\n\nMs Ada Quill\n4 Weir Lane\nKendal LA9 4QX\n\nDear Ms Quill,\nyour keys are ready.\n\nYours sincerely,\nTom Reed";
  expect(partsOf(letter)).toEqual({ "Ms Ada Quill": "addressee", "Tom Reed": "sender" });
});

test("the head of a mail says both", () => {
  const mail = "Von: Jens Ott\nAn: Lea Funk\nBetreff: Termin\nHallo Lea,\nbis morgen.";
  expect(partsOf(mail)).toMatchObject({ "Von: Jens Ott": "sender", "An: Lea Funk": "addressee" });
});
