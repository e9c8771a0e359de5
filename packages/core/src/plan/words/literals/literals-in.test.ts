import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { charactersRead } from "../../characters-read.fixture.js";
import { instantsIn } from "./instants.js";
import { literalsIn } from "./literals-in.js";

const found = (text: string) =>
  literalsIn(text)
    .filter(({ kind }) => kind !== "name")
    .map(({ kind, value }) => [kind, value]);

describe("what a text says outright", () => {
  it.each([
    ["take fifteen percent off", [["number", 15]]],
    ["two hundred and five sheets", [["number", 205]]],
    ["zweiunddreißig Seiten", [["number", 32]]],
    ["How long is it once the gaps are gone?", []],
    ["El viaje dura once días", [["number", 11]]],
    ["Count the null values of the sheet", []],
    [
      'Chart it under "Tank 4, spring bock" for tank "4"',
      [
        ["quoted", "Tank 4, spring bock"],
        ["number", 4],
        ["quoted", "4"],
      ],
    ],
    [
      "Wie viele Elf-Meter waren es, elf oder null?",
      [
        ["number", 11],
        ["number", 11],
        ["number", 0],
      ],
    ],
    [
      "a two-sentence summary for my seven-year-old",
      [
        ["number", 2],
        ["number", 7],
      ],
    ],
    [
      "treinta y dos euros",
      [
        ["number", 32],
        ["currency", "EUR"],
      ],
    ],
    [
      "$1,250.75 at 7%",
      [
        ["number", 1250.75],
        ["number", 7],
      ],
    ],
    ["1.250,75 €", [["number", 1250.75]]],
    ["eine Deckung von 150.000 für den Mieter", [["number", 150000]]],
    [
      "a ratio of 0.125 to 12.345",
      [
        ["number", 0.125],
        ["number", 12.345],
      ],
    ],
    [
      "from -3 to 0.5",
      [
        ["number", -3],
        ["number", 0.5],
      ],
    ],
  ])("numbers: %s", (text, expected) => expect(found(text)).toEqual(expected));

  it.each([
    ["a budget of 2 million", 2_000_000],
    ["a budget of $2.3m", 2_300_000],
    ["1,5 Mio. € für das Haus", 1_500_000],
    ["3 Milliarden Sterne", 3_000_000_000],
    ["2 mil millones de años", 2_000_000_000],
    ["a crowd of 30 thousand", 30_000],
    ["10k steps", 10_000],
    ["two dozen eggs", 24],
    ["2 dozen eggs", 24],
    ["half a million seeds", 500_000],
    ["two and a half hours", 2.5],
    ["2 and a half hours", 2.5],
    ["1½ cups", 1.5],
    ["1 1/2 cups", 1.5],
    ["dos mil quinientos veinte", 2520],
  ])("what multiplies a number and what is added to it is a part of it: %s", (text, value) =>
    expect(literalsIn(text).flatMap((one) => (one.kind === "number" ? [one.value] : []))).toEqual([value]),
  );

  it.each([
    ["cool it to minus 5", [-5]],
    ["cool it to minus five", [-5]],
    ["cool it to −5 °C", [-5]],
    ["a low of –5 °C", [-5]],
    ["5 degrees below zero", [-5]],
    ["5 Grad unter null", [-5]],
    ["a change of -$5", [-5]],
    ["what is 10 minus 5", [10, 5]],
    ["what is ten minus five", [10, 5]],
    ["solve x minus 5", [5]],
    ["pages 5–10", [5, 10]],
    ["pages 5 – 10", [5, 10]],
    ["above 0 and below 9", [0, 9]],
  ])("numbers are below zero where the text says so, and only there: %s", (text, values) =>
    expect(literalsIn(text).flatMap((one) => (one.kind === "number" ? [one.value] : []))).toEqual(values),
  );

  it("what is written with figures and is another number, or a time, is none by halves", () => {
    for (const text of ["1e5 units", "15e5 units", "10^6 units", "5'11\" tall", "at 14h30", "3/4 cup"])
      expect(found(text).filter(([kind]) => kind === "number")).toEqual([]);
  });

  it("a half that is added to no number is none by itself", () => expect(found("for an hour and a half")).toEqual([]));

  it("one is no number where it stands for a thing", () => {
    for (const text of ["the lowest one on the shelf", "which one?", "one of them", "that one, please"]) expect(found(text)).toEqual([]);
    expect(found("one night, one-way")).toEqual([
      ["number", 1],
      ["number", 1],
    ]);
  });

  it.each([
    ["free from 3 to 7 June 2027", ["2027-06-03", "2027-06-07"]],
    ["vom 28. Mai bis zum 4. Juni 2027", ["2027-05-28", "2027-06-04"]],
    ["del 3 al 7 de junio de 2027", ["2027-06-03", "2027-06-07"]],
  ])("both days of a range: %s", (text, expected) => {
    expect(found(text)).toEqual(expected.map((value) => ["day", value]));
  });

  it.each([
    ["on 3 March 2027", "2027-03-03"],
    ["on March 3rd, 2027", "2027-03-03"],
    ["am 3. März 2027", "2027-03-03"],
    ["el 3 de marzo de 2027", "2027-03-03"],
    ["3.12.2027", "2027-12-03"],
    ["25/12/2027", "2027-12-25"],
    ["2027-12-03", "2027-12-03"],
  ])("days: %s", (text, day) => expect(found(text)).toEqual([["day", day]]));

  it("a day whose order is unclear, or that no month has, is no day", () => {
    expect(found("4/5/2027").filter(([kind]) => kind === "day")).toEqual([]);
    expect(found("31 February 2027").filter(([kind]) => kind === "day")).toEqual([]);
  });

  it("times of the day", () =>
    expect(found("9:30am to 21:15")).toEqual([
      ["time", "09:30"],
      ["time", "21:15"],
    ]));

  it.each([
    ["into Italian", ["language", "it"]],
    ["ins Englische", ["language", "en"]],
    ["al francés", ["language", "fr"]],
    ["in Swiss francs", ["currency", "CHF"]],
    ["from Portugal", ["country", "PT"]],
    ["from Germany", ["country", "DE"]],
    ["nach Vietnam", ["country", "VN"]],
    ["into Romanian", ["language", "ro"]],
  ])("languages, currencies and countries by their codes: %s", (text, expected) => expect(found(text)).toContainEqual(expected));

  it("quotations, addresses and codes as they stand", () => {
    expect(found("send 'Come at 8' to mara@lab.example or +49 30 1234567")).toEqual(
      expect.arrayContaining([
        ["quoted", "Come at 8"],
        ["email", "mara@lab.example"],
        ["phone", "+49 30 1234567"],
      ]),
    );
    expect(found("how many of article KX-204 do we have?")).toEqual([["code", "KX-204"]]);
    expect(found("call 0171 5550199")).toEqual([["phone", "0171 5550199"]]);
    expect(found("at 9:30, until 21:15").map(([kind]) => kind)).toEqual(["time", "time"]);
  });

  it("a number with more digits than a number holds is a code, and never another number", () => {
    expect(found("Track parcel 12345678901234567890 today")).toContainEqual(["code", "12345678901234567890"]);
    for (const text of [
      "pay 12345678901234567890",
      "pay 12,345,678,901,234,567,890",
      "pay -9007199254740993.5",
      "for 12345678901234567890 guests",
    ])
      expect(found(text).filter(([kind]) => kind === "number")).toEqual([]);
    expect(found("pay 9007199254740992")).toEqual([["number", 9007199254740992]]);
  });

  it("names, but not for the capital that begins a sentence", () => {
    const names = (text: string) => literalsIn(text).flatMap(({ kind, value }) => (kind === "name" ? [value] : []));
    expect(names("Find flights from New York to San Juan de la Cruz.")).toEqual(["New York", "San Juan de la Cruz"]);
    expect(names("Ask Dr. Amsel. Tell her that I come.")).toEqual(["Dr. Amsel"]);
  });

  it("whatever is written, a literal stands where it says", () => {
    const piece = fc.constantFrom(
      "3",
      "März",
      "2027",
      "'",
      '"',
      "a@b.cc",
      "Swiss",
      "francs",
      "KX-9",
      "and",
      "Ana",
      "de",
      "5:30",
      "$",
      "1,5",
      "minus",
      "million",
      "–5½",
      " ",
      "\u{1F600}",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 20 }).map((all) => all.join(" ")),
        ),
        (text) => {
          for (const { text: said, start, end } of literalsIn(text)) expect(text.slice(start, end)).toBe(said);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each(["1", "A ", "a.", "1,", "(", "'", "x@", "one ", "A. "])("texts of %j only cost what they are long", async (piece) => {
    const read = (length: number) => charactersRead(() => literalsIn(piece.repeat(length / piece.length)));
    expect((await read(20_000)) / (await read(10_000))).toBeLessThan(2.5);
  });
});

it.each<[string, readonly unknown[]]>([
  ["at 2026-05-03T19:30", ["2026-05-03", "19:30"]],
  ["at 2026-05-03T19:30:00.", ["2026-05-03", "19:30"]],
  ["at 2026-05-03 19:30:00", ["2026-05-03", "19:30"]],
  ["at 2026-05-03T19:30:45", ["2026-05-03"]],
  ["it takes 1:30:00", []],
])("a day with its time as machines write it is both: %s", (text, values) => {
  expect(literalsIn(text).map(({ value }) => value)).toEqual(values);
});

it.each([
  ["on 4 March 2027 at 14:00", ["2027-03-04T14:00:00"]],
  ["at 2:30 pm on 2027-03-04", ["2027-03-04T14:30:00"]],
  ["am 4. März 2027 um 9:05", ["2027-03-04T09:05:00"]],
  ["el 4 de marzo de 2027 a las 18:00", ["2027-03-04T18:00:00"]],
  ["from 2027-03-04T14:00Z to 2027-03-04T15:00:30+02:00", ["2027-03-04T14:00Z", "2027-03-04T15:00:30+02:00"]],
  ["at 14:00, and the report is due on 4 March 2027", []],
  ["on 4 March 2027, 5 March 2027", []],
  ["at 14:00", []],
])("days with their times: %s", (text, values) => {
  expect(instantsIn(text).map(({ value }) => value)).toEqual(values);
});

it("a room's number before a German day is no hour", () => {
  expect(found("Raum 12 am 4. März 2027 um 9:00")).toEqual([
    ["number", 12],
    ["day", "2027-03-04"],
    ["time", "09:00"],
  ]);
  expect(found("at 10 am Monday")).toEqual([["time", "10:00"]]);
});
