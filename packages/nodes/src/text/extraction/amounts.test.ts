import { expect, test } from "vitest";
import { amounts } from "./amounts.js";
import { numbers } from "./numbers.js";

const found = (text: string) => amounts(text).map(({ value }) => value);

test.each([
  ["TOTAL 1,234.56", [1234.56]],
  ["Summe 1.234,56 EUR", [1234.56]],
  ["CHF 12'500.00", [12500]],
  ["€40 or 55 euros", [40, 55]],
  ["Rückgeld -2,84", [-2.84]],
  ["E1,89 B", [1.89]],
  ["1 234,56 €", [1234.56]],
  ["12 450,00 kr", [12450]],
  ["12\u00a0450,00 kr and 7\u202f300,00 kr and 6\u2009200,00", [12450, 7300, 6200]],
  ["1 234.50 USD", [1234.5]],
  ["₹ 12,34,567.80", [1234567.8]],
  ["CHF 1’250.–, 120,- and 80.--", [1250, 120, 80]],
  ["$1,234 and 1.234 €", [1234, 1234]],
  ["It began at 18.20. The roof costs 1.234 €.", [1234]],
  ["1.50 € a piece, 1.234 € for all", [1.5]],
  ["1.50 EUR (0.75 USD)", [1.5]],
  ["£1.5 million, 1,2 Mio. €, 3 Mrd. EUR", [1500000, 1200000, 3000000000]],
  ["12€50", [12.5]],
  ["3 €34,80", [34.8]],
  ["Rs. 500/- only, Rs. 1,234.50/-", [500, 1234.5]],
  ["$12.5k", [12500]],
  ["١٬٢٣٤٫٥٦ USD", [1234.56]],
  ["¥1,234.50", [1234.5]],
  ["Total, 45.00", [45]],
  ["total:45.00", [45]],
])("%s", (text, values) => expect(found(text)).toEqual(values));

test.each(["Tax 8.25%", "23.04.2020 09:59", "0,158 kg", "Tel. 05251/56677", "Hex bolt M8", "version 2.10.33", "12 pieces", "1,499 EUR/l"])(
  "no amount in: %s",
  (text) => expect(found(text)).toEqual([]),
);

test.each([
  ["$(45.00)", -45],
  ["($45.00)", -45],
  ["Loss (1.234,56 €)", -1234.56],
  ["-$45.00", -45],
  ["$-45.00", -45],
  ["−45,00 €", -45],
  ["–1 234,56 €", -1234.56],
  ["45.00-", -45],
  ["1.234,56- EUR", -1234.56],
  ["▲1,234円", -1234],
  ["\u061c-١٢٫٥٠ USD", -12.5],
])("what is negative is so: %s", (text, value) => expect(found(text)).toEqual([value]));

test.each([
  ["two numbers or one", "Labour 2 150.00"],
  ["an aside or a loss", "two nights (240.00) were booked"],
  ["a loss in a currency that is not known", "(1000,00 щ.д.)"],
  ["a thousandth or a thousand", "1.234 KWD"],
  ["a range", "10.00-20.00 EUR"],
  ["an overlong row of marks", "1.2345.67"],
  ["a fraction", "€2½"],
])("nothing where it may be %s", (_, text) => expect(found(text)).toEqual([]));

test.each(["99¢", "5 € 50", "12h30 €", "1e400 €", "$1e-400"])("no other value from: %s", (text) => expect(found(text)).toEqual([]));

test("a currency behind one amount is not that of the next number", () => {
  expect(found("5.00 € 50 pieces")).toEqual([5]);
  expect(found("2 $50, 3 € 5.00")).toEqual([50, 5]);
});

test("blanks part numbers in a text that groups by other marks", () => {
  expect(found("Labour 2 150.00, in all 1,150.00")).toEqual([150, 1150]);
});

test("an amount's place holds what was written", () => {
  const text = "Total due: USD 1,250.00 today";
  const [amount] = amounts(text);
  expect(text.slice(amount!.start, amount!.end)).toBe("1,250.00");
});

const counted = (text: string) => numbers(text).map(({ value }) => value);

test("numbers are told from dates, times and codes", () => {
  expect(counted("Hours: 2.5, 1,200 units on 2026-11-17 at 09:15, WO-4827")).toEqual([2.5, 1200]);
  expect(counted("3,75 kg on 14 March 2026, at 9.30 Uhr; 14.03.2026")).toEqual([3.75]);
});

test.each([
  ["0.125", [0.125]],
  ["0,750", [0.75]],
  ["1,234.567", [1234.567]],
  ["1.234,567", [1234.567]],
  ["1 500", [1500]],
  ["1.5e3 and 2E-2", [1500, 0.02]],
  ["1.234.567", [1234567]],
  ["12,34,567", [1234567]],
  ["1234,567", [1234.567]],
  ["-12\u00a0500 or −3", [-12500, -3]],
  ["8.25%", [8.25]],
  ["3.4 million people, 2 lakh", [3400000, 200000]],
])("%s is one reading", (text, values) => expect(counted(text)).toEqual(values));

test("one mark before three digits is told by the rest of the text, or not at all", () => {
  expect(counted("1,234")).toEqual([]);
  expect(counted("1.234")).toEqual([]);
  expect(counted("1,234 of 5.5")).toEqual([1234, 5.5]);
  expect(counted("1,234 of 5,5")).toEqual([1.234, 5.5]);
  expect(counted("1.234 of 1.234.567")).toEqual([1234, 1234567]);
  expect(counted("5,678 units for $1,250")).toEqual([5678, 1250]);
  expect(counted("1,234 of 5.5 or 5,5")).toEqual([5.5, 5.5]);
});

test.each([
  "10k users",
  "2m50",
  "2½ hours",
  "1·50",
  "1_500",
  "1.2.3",
  "1,2,3",
  "10-20",
  "3/4",
  "100 200",
  "123456789012345678",
  "$12345678901234567890",
  "$12,345,678,901,234,567,890.00",
  "3.2×10^5",
  "1e400",
  "1e-400",
  "99¢",
])("no part of: %s", (text) => expect(counted(text)).toEqual([]));
