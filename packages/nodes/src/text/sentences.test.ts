import { expect, test } from "vitest";
import { sentences } from "./sentences.js";

const said = (text: string) => sentences(text).map((sentence) => sentence.text);

test("abbreviations, initials, times and decimal points end no sentence", () => {
  expect(said("Dr. Smith checks the valve at 9.30 a.m. on Monday. It costs 2.50 or so. J. R. Jones pays.")).toEqual([
    "Dr. Smith checks the valve at 9.30 a.m. on Monday.",
    "It costs 2.50 or so.",
    "J. R. Jones pays.",
  ]);
});

test("wrapped lines are one sentence; headings, list items and records stand alone", () => {
  const note = `Site notes

- Pump 3: seal worn
- Order a filter
Visit date: 2026-11-17
The tenants on the second floor complained about the
noise of the compressor at night. It should be moved.`;
  expect(said(note)).toEqual([
    "Site notes",
    "Pump 3: seal worn",
    "Order a filter",
    "Visit date: 2026-11-17",
    "The tenants on the second floor complained about the noise of the compressor at night.",
    "It should be moved.",
  ]);
});

test("a sentence's place is where it stands in the text", () => {
  const text = "First one.  Second,\n  still second! Third";
  for (const { text: sentence, start, end } of sentences(text)) expect(text.slice(start, end).replace(/\s+/g, " ")).toBe(sentence);
});

test("speech without full stops is cut so that an embedding model can read it", () => {
  const parts = sentences("and then we went on, ".repeat(200));
  expect(parts.every(({ text }) => text.length <= 400)).toBe(true);
  expect(parts.map(({ text }) => text).join(" ")).toHaveLength(200 * 21 - 1);
});

test("nothing to say gives nothing", () => {
  expect(sentences("")).toEqual([]);
  expect(sentences(" \n --- \n")).toEqual([]);
});

test("a megabyte of anything is cut in pieces that an embedding model can read", () => {
  for (const one of ["\n", "ab\n", "a", "字", "😀", "word ", "A. B. ", "Paid 12.00 to Bob\n"]) {
    const found = sentences(one.repeat(1e6 / one.length));
    expect(found.every(({ text }) => text.length <= 400 && !/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/.test(text))).toBe(true);
  }
  expect(sentences("字".repeat(1000)).map(({ start, end }) => [start, end])).toEqual([
    [0, 400],
    [400, 800],
    [800, 1000],
  ]);
});
