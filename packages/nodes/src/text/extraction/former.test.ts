import { expect, test } from "vitest";
import { asksFormer, isFormer } from "./former.js";

const former = (text: string) => {
  const start = text.search(/\d/);
  return isFormer(text, start, start + /\d+/.exec(text)![0].length);
};

test.each([
  "It was originally planned for 9 May.",
  "We begin instead of 17 later",
  "Die Miete, bisher 620 Euro, steigt.",
  "Der Vertrag endet nicht zum 30, sondern zum 31.",
  "Am început mai devreme, în loc de 17",
  "The market is not on 9, but on 10 May.",
  "पहले यह बैठक 11 जुलाई को थी",
])("what is not so any more: %s", (text) => expect(former(text)).toBe(true));

test.each([
  "It is planned for 9 May, originally for the 8th.",
  "Not only the choir comes on 9 May.",
  "Die Miete beträgt 620 Euro, bisher waren es weniger.",
  "The old mill was sold. On 9 May it opens.",
])("what is so: %s", (text) => expect(former(text)).toBe(false));

test.each(["previous rent", "ursprünglicher Termin: ursprünglich geplant", "bisheriger Preis", "alquiler anterior"])(
  "asked for: %s",
  (said) => expect(asksFormer(said)).toBe(true),
);
