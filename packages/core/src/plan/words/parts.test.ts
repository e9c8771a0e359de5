import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { partsOf } from "./parts.js";

const texts = (request: string) => partsOf(request).map(({ text }) => text);

describe("what a request asks for, piece by piece", () => {
  it.each([
    ["Sum the memo up and then mail it", ["Sum the memo up", "mail it"]],
    ["Read the page. After that, translate what it says; finally file it", ["Read the page", "translate what it says", "file it"]],
    [
      "Lies die Seite, übersetze sie ins Englische und schick sie danach an Mara",
      ["Lies die Seite", "übersetze sie ins Englische", "schick sie", "an Mara"],
    ],
    ["Resume la carta y luego tradúcela al inglés", ["Resume la carta", "tradúcela al inglés"]],
    ["1. Read the page 2. Translate it 3) Mail it", ["Read the page", "Translate it", "Mail it"]],
    ["First, weigh the parcel. Second, tell me the fee.", ["weigh the parcel", "tell me the fee"]],
    ["Erstens: lies den Brief. Zweitens: fasse ihn zusammen.", ["lies den Brief", "fasse ihn zusammen"]],
    ["- read the page\n- translate it", ["read the page", "translate it"]],
  ])("%s", (request, expected) => expect(texts(request)).toEqual(expected));

  it("leaves quotations, numbers, abbreviations, addresses and dates whole", () => {
    expect(texts("Translate 'Come in, and sit down. Then eat.' into Greek")).toHaveLength(1);
    expect(texts("Sag Dr. Amsel am 3. März 2027 ab")).toHaveLength(1);
    expect(texts("Convert 1,250.75 dollars")).toHaveLength(1);
    expect(texts("Take 3.5 percent off the U.S. price at https://shop.example/a,b")).toHaveLength(1);
    expect(texts("Plot the points [1, 2, 3] in the next 10 days")).toHaveLength(1);
  });

  it("a request that stands in quotation marks is read like one without", () => {
    expect(texts('"Read the page, then translate it."')).toEqual(["Read the page", "translate it"]);
  });

  it.each([
    ["Sum it up, but don't send it", 1],
    ["Give it a headline. No push message.", 1],
    ["Übersetze den Brief, ohne ihn zu verschicken", 1],
    ["Resume la carta, sin enviarla", 1],
    ["Write the report, but leave the price out of it", 1],
    ["Schreib den Bericht, aber lass die Kosten weg", 1],
    ["Escribe el informe, pero deja el precio fuera", 1],
    ["Put it in plain words, she doesn't need a plan", 1],
  ])("marks what must not happen: %s", (request, at) => {
    expect(partsOf(request).map(({ negated }) => negated)).toEqual([false, true].slice(0, at + 1));
  });

  it.each(["Say whether any of the parts don't fit", "List the guests who have not paid", "Sag, ob sie nicht passen"])(
    "what is asked about forbids nothing: %s",
    (request) => {
      expect(partsOf(request).some(({ negated }) => negated)).toBe(false);
    },
  );

  it("a title that begins with No forbids nothing, nor does a quotation", () => {
    expect(partsOf("Book seats for No Country for Old Men").some(({ negated }) => negated)).toBe(false);
    expect(partsOf("Translate 'do not enter'").some(({ negated }) => negated)).toBe(false);
    for (const request of ["Don't forget to mail it", "Vergiss nicht, sie zu schicken", "No olvides enviarla", "Why not mail it?"])
      expect(partsOf(request).some(({ negated }) => negated)).toBe(false);
    expect(partsOf("Don't forget that I do not want it mailed").map(({ negated }) => negated)).toEqual([true]);
  });

  it.each(["What does it cost", "Is it open?", "Wie spät ist es", "¿Cuánto cuesta?"])("is a question: %s", (request) => {
    expect(partsOf(request).map(({ question }) => question)).toEqual([true]);
  });

  it.each([
    ["Sum the memo up and mail it", [false, true]],
    ["Correct the essay, then translate that essay", [false, true]],
    ["Fasse den Brief zusammen und übersetze sie", [false, true]],
    ["Resume la carta y tradúcela", [false, true]],
    ["Book a hotel in Los Angeles and a taxi", [false, false]],
  ])("knows what speaks of something before it: %s", (request, expected) => {
    expect(partsOf(request).map(({ back }) => back)).toEqual(expected);
  });

  it("whatever is written, parts are pieces of it, in order, apart from one another", () => {
    const piece = fc.constantFrom(
      "read it",
      "and",
      "then",
      "'",
      '"',
      "(",
      ")",
      ", ",
      ". ",
      "\n",
      "und",
      "¿",
      "?",
      "1. ",
      "Dr. ",
      "3.5",
      "日本、",
      "\u{1F600}",
      " ",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 30 }).map((all) => all.join(" ")),
        ),
        (request) => {
          let from = 0;
          for (const { text, start, end } of partsOf(request)) {
            expect(start).toBeGreaterThanOrEqual(from);
            expect(request.slice(start, end)).toBe(text);
            expect(text).toMatch(/[\p{L}\p{N}]/u);
            from = end;
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
