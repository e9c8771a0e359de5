import { expect, test } from "vitest";
import { dates } from "./dates.js";

const found = async (text: string) => (await dates(text)).map(({ value }) => value);

test.each([
  ["Date: 17 Nov 2026", ["2026-11-17"]],
  ["on March 14th, 2026 at 9:30", ["2026-03-14"]],
  ["Paderborn, 3. März 2020", ["2020-03-03"]],
  ["le 14 juillet 2025", ["2025-07-14"]],
  ["2026-12-01", ["2026-12-01"]],
  ["09:48 02.03,2020", ["2020-03-02"]],
  ["20 05.2020 14:17 Kasse 01", ["2020-05-20"]],
  ["Datum 25.04.20 09:37 Uhr", ["2020-04-25"]],
  ["$ 4.00 on 04/05/2026", ["2026-04-05"]],
  ["€ 4.00 on 04/05/2026", ["2026-05-04"]],
  ["04/05/2026 until 13/05/2026", ["2026-05-04", "2026-05-13"]],
])("%s", async (text, values) => expect(await found(text)).toEqual(values));

test.each(["31.02.2020", "Tel. 05251 568 24", "1.234,56", "version 1.2.3", "order 12-345-67", "on Friday", "A-19,00%", "valid thru 12/22"])(
  "no date in: %s",
  async (text) => expect(await found(text)).toEqual([]),
);

test("a date without a year takes the year the other dates agree on, and else stays as it was written", async () => {
  expect(await found("Visited 17 November 2026, again on 1 December.")).toEqual(["2026-11-17", "2026-12-01"]);
  expect(await found("Please come on 1 December.")).toEqual(["1 December"]);
});
