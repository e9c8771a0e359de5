import { expect, test } from "vitest";
import { readingsOf } from "./candidates.js";
import { spans } from "./spans.js";
import type { Sign } from "./weights.js";

const of = (sign: Sign, text: string) => spans(text, readingsOf(text)).flatMap(({ signs, value }) => (signs[sign] ? [value] : []));

test.each([
  ["Please quote HH-40871 when you write", ["HH-40871"]],
  ["tracking SWL 7730 1184 2", ["SWL 7730 1184 2"]],
  ["CIF B18554402", ["B18554402"]],
  ["Pay to NL20 INGB 0001 2345 67", ["NL20 INGB 0001 2345 67"]],
  ["Factura 2026/0452", ["2026/0452"]],
  ["Reference: QKRTMW", ["QKRTMW"]],
  ["the car LW-KH 482 was parked", ["LW-KH 482"]],
  ["Call +44 20 7946 0011", []],
  ["It starts on 22.09.2026 at 18:30 and costs 132,00 EUR", []],
])("codes whole, less the words beside them: %s", (text, codes) => expect(of("code", text)).toEqual(codes));

test("a year and a small number are hardly codes", () => {
  const signs = (text: string) => spans(text, readingsOf(text)).find(({ signs }) => signs.code)?.signs.otherKind;
  expect(["the bill of 2025 is", "room 12 is", "room 2125 is"].map(signs)).toEqual([0.5, 0.5, 0]);
});

test.each([
  ["Tel. +44 20 7946 0011", ["+44 20 7946 0011"]],
  ["(02) 9555 0199 or 030-5550188", ["(02) 9555 0199", "030-5550188"]],
  ["12.50", []],
])("numbers to call: %s", (text, numbers) => expect(of("phone", text)).toEqual(numbers));

test.each([
  ["27 Ashgate Road\nChesterfield S40 4AA", ["27 Ashgate Road Chesterfield S40 4AA"]],
  ["I live at Avenida del Puerto 112, 46021 Valencia.", ["Avenida del Puerto 112, 46021 Valencia"]],
  ["12 pieces, 46021 in all", []],
])("addresses in a line or two: %s", (text, addresses) => expect(of("postal", text)).toEqual(addresses));

test("what follows a colon ends at a gap in its line", () => {
  expect(of("labelled", "From: Leeds (LBA)   To: Bergen (BGO)")).toEqual(["Leeds (LBA)", "Bergen (BGO)"]);
});
