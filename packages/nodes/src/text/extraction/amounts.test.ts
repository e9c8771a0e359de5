import { expect, test } from "vitest";
import { amounts, numbers } from "./amounts.js";

const found = (text: string) => amounts(text).map(({ value }) => value);

test.each([
  ["TOTAL 1,234.56", [1234.56]],
  ["Summe 1.234,56 EUR", [1234.56]],
  ["CHF 12'500.00", [12500]],
  ["€40 or 55 euros", [40, 55]],
  ["Rückgeld -2,84", [-2.84]],
  ["E1,89 B", [1.89]],
])("%s", (text, values) => expect(found(text)).toEqual(values));

test.each(["Tax 8.25%", "23.04.2020 09:59", "0,158 kg", "Tel. 05251/56677", "Hex bolt M8", "version 2.10.33", "12 pieces", "1,499 EUR/l"])(
  "no amount in: %s",
  (text) => expect(found(text)).toEqual([]),
);

test("an amount's place holds what was written", () => {
  const text = "Total due: USD 1,250.00 today";
  const [amount] = amounts(text);
  expect(text.slice(amount!.start, amount!.end)).toBe("1,250.00");
});

test("numbers are told from dates, times and codes", () => {
  expect(numbers("Hours: 2.5, 1,200 units, 3,75 kg on 2026-11-17 at 09:15, WO-4827").map(({ value }) => value)).toEqual([2.5, 1200, 3.75]);
});
