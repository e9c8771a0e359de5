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
  ["2026. április 14., május 4-én", ["2026-04-14", "2026-05-04"]],
  ["12 Haziran 2026, 1 Haziran'a kadar", ["2026-06-12", "2026-06-01"]],
  ["born 4 November 1961, seen on 3 June", ["1961-11-04", "3 June"]],
  ["geb. 22.07.1949, am 07.04.2026 und am 3. Mai", ["1949-07-22", "2026-04-07", "2026-05-03"]],
  ["$ 4.00 on 04/05/2026", ["2026-04-05"]],
  ["€ 4.00 on 04/05/2026", ["2026-05-04"]],
  ["04/05/2026 until 13/05/2026", ["2026-05-04", "2026-05-13"]],
  ["2026/03/14 and 2026.03.14 and 2026. 3. 14.", ["2026-03-14", "2026-03-14", "2026-03-14"]],
  ["2026年3月14日 and 2026년 3월 14일", ["2026-03-14", "2026-03-14"]],
  ["14 maggio 2026, 1º gennaio 2026, 3 ago. 2026", ["2026-05-14", "2026-01-01", "2026-08-03"]],
  ["14 de marzo de 2026, 2 de enero del 2026, 5 sept 2026", ["2026-03-14", "2026-01-02", "2026-09-05"]],
  ["1er décembre 2026, 14 févr. 2026, 3 aout 2026", ["2026-12-01", "2026-02-14", "2026-08-03"]],
  ["14. Jänner 2026, 3. Marz 2026, 5. Dez. 2026", ["2026-01-14", "2026-03-03", "2026-12-05"]],
  ["the 14th of March, 2026", ["2026-03-14"]],
  ["17-Nov-26 and 17NOV2026 and 2026-Nov-17", ["2026-11-17", "2026-11-17", "2026-11-17"]],
  ["10 Oct 2026/11 Oct 2026", ["2026-10-10", "2026-10-11"]],
  ["[14/Mar/2026:10:00:00]", ["2026-03-14"]],
  ["14 March\n2026", ["2026-03-14"]],
  ["14-16 March 2026", ["2026-03-14"]],
  ["38,95\n24-12-2021", ["2021-12-24"]],
  ["4.00 24-12-2021", ["2021-12-24"]],
  ["7   24/12/2021", ["2021-12-24"]],
  ["01.03.2026-05.03.2026", ["2026-03-01", "2026-03-05"]],
  ["١٤/٠٣/٢٠٢٦ and 2026年3月14日", ["2026-03-14", "2026-03-14"]],
])("%s", async (text, values) => expect(await found(text)).toEqual(values));

test.each([
  ["RM 4.00 on 05/11/2018", "2018-11-05"],
  ["05/11/2018", "2018-11-05"],
  ["Total 5.00 GST 0.50 $5.50 05/11/2018", "2018-11-05"],
  ["A$ 4.00 on 05/11/2018", "2018-11-05"],
  ["Austin, TX 78701 05/11/2018", "2018-05-11"],
  ["$5.50 05-11-2018", "2018-05-11"],
  ["05/11/2018, due 05/28/2018", "2018-05-11"],
])("the day comes first unless the text shows otherwise: %s", async (text, value) => expect((await found(text))[0]).toBe(value));

test("an order that the text contradicts is none", async () => {
  expect(await found("13/05/2026, 05/14/2026, 04/05/2026")).toEqual(["2026-05-13", "2026-05-14"]);
});

test.each([
  "31.02.2020",
  "2026-03-14-001",
  "令和8年3月14日",
  "R8.3.14",
  "26. 3. 14.",
  "14 March 26 guests",
  "Tel. 05251 568 24",
  "1.234,56",
  "version 1.2.3",
  "order 12-345-67",
  "on Friday",
  "A-19,00%",
  "valid thru 12/22",
])("no date in: %s", async (text) => expect(await found(text)).toEqual([]));

test("a date without a year takes the year the other dates agree on, and else stays as it was written", async () => {
  expect(await found("Visited 17 November 2026, again on 1 December.")).toEqual(["2026-11-17", "2026-12-01"]);
  expect(await found("Please come on 1 December.")).toEqual(["1 December"]);
});
