import { expect, test } from "vitest";
import { unfounded } from "./unfounded.js";

const told = [
  "Can I still return A17? Write to help@shop.example or call 030 1234567.",
  { status: "delivered", day: "2026-01-02", at: "2026-01-02T14:30:00Z", days: 30, share: 0.2, sum: 1250.5, balance: -5 },
  "Rücksendung kostet 1.250 Euro am 3. Februar 2026, https://shop.example/returns",
];

test.each([
  "It was delivered on 2 January 2026, so you have 30 days.",
  "It came on January 2nd, at 2:30 pm; thirty days are left to you.",
  "Es kam am 2. Januar, um 14:30; du hast 30 Tage.",
  "Llegó el 2 de enero de 2026.",
  "You owe 5, of 1,250.50 in all, which is 20 %.",
  "Das sind 1.250 Euro, bis zum 03.02.2026.",
  "Order A17: write to help@shop.example, call 030/1234567, or see https://shop.example/returns.",
  "Two things:\n1. It came.\n2. You may return it.\n3. Nothing else.",
  "OK, one of them is fine.",
])("what was told may be said in other forms: %s", (text) => {
  expect(unfounded(text, told, 2)).toEqual([]);
});

test.each([
  ["You have 45 days.", ["45"]],
  ["You have forty-five days.", ["forty-five"]],
  ["It came on 3 January 2026.", ["3 January 2026"]],
  ["It came on 2 February.", ["2 February"]],
  ["Until 1 February 2026, 15:30.", ["1 February 2026", "15:30"]],
  ["Order B17, or A18.", ["B17", "A18"]],
  ["Write to hello@shop.example.", ["hello@shop.example"]],
  ["See https://shop.example/refunds.", ["https://shop.example/refunds"]],
  ["Call 030 7654321.", ["030 7654321"]],
  ["It is €12.50, and 1,250.50 in all.", ["12.50"]],
  ["All 7 of them, on 01/02/2027.", ["7", "2027"]],
  ['He said "we have 45 shops".', ["45"]],
])("and nothing else: %s", (text, found) => {
  expect(unfounded(text, told, 2)).toEqual(found);
});

test("texts in lists and objects are looked at, and numbers that stand by themselves", () => {
  expect(unfounded({ lines: ["30 days", "31 days"], left: 12 }, told, 0)).toEqual(["31", "12"]);
});

test("what one figure is a part of does not say it", () => {
  expect(unfounded("5 items", ["2,500 items", "at 14:05"], 0)).toEqual(["5"]);
});
