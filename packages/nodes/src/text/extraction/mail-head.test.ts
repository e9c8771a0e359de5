import { expect, test } from "vitest";
import { linesOf } from "./lines.js";
import { mailHead } from "./mail-head.js";

test("a mail's head ends with its last label", () => {
  const head = "Da: segreteria@coro.example\nA: Ugo Belli\nOggetto: Prove";
  expect(mailHead(linesOf(`${head}\n\nCiao Ugo,\nle prove: lunedì`))).toBe(head.length);
});

test("other lines with labels are no head", () => {
  expect(mailHead(linesOf("Fahrgast: Ute Lang\nZug: RE 7\nGleis: 4\nGute Reise"))).toBe(0);
  expect(mailHead(linesOf("Hello,\nFrom: me\nTo: you\nSubject: it"))).toBe(0);
});
