import fc from "fast-check";
import { expect, test } from "vitest";
import { bareRequest } from "./bare-request.js";

const inputs = ["note", "prices"];
const bare = (request: string) => bareRequest(request, inputs);

const shared: readonly (readonly [string, ...string[]])[] = [
  [
    "Translate the note into German",
    "translate the note into German",
    "Translate the note into German.",
    "Translate the note into German!",
    "  Translate  the note into German ",
    "Translate note into German",
    "Please translate the note into German",
    "Please, kindly translate the note into German.",
    "Translate please the note into German",
    "Translate the note into German please",
    "Translate the note into German, please.",
    "Hello, please translate the note into German. Thank you very much!",
    "Hi there! Translate the note into German, thanks",
    "Could you please translate the note into German?",
    "Please could you translate the note into German?",
    "Would you translate the note into German, please?",
  ],
  ["Don't change the note", "Please don't change the note.", "Don't change the note, thanks"],
  ["Translate into German: See you", "Please translate into German: See you", "Hello, translate into German: See you"],
  ["Summarise the note in 40 words", "Summarize the note in 40 words", "Please summarise the note in 40 words, thanks in advance."],
  ["Sort prices in note, cheapest first", "Sort the prices in note, cheapest first", "Sort prices in the note, cheapest first"],
  [
    "Übersetze die Notiz ins Deutsche",
    "Bitte übersetze die Notiz ins Deutsche.",
    "Übersetze bitte die Notiz ins Deutsche",
    "Übersetzen Sie die Notiz ins Deutsche!",
    "Hallo, übersetzen Sie bitte die Notiz ins Deutsche. Vielen Dank im Voraus!",
    "Übersetze die Notiz ins Deutsche, bitte. Danke!",
  ],
  [
    "Traduce la nota al alemán",
    "Por favor, traduce la nota al alemán.",
    "Traduce por favor la nota al alemán",
    "Hola, traduce la nota al alemán, por favor. Gracias",
    "Traduce la nota al alemán, muchas gracias",
  ],
];

test.each(shared)("may share a plan: %s", (first, ...others) => {
  for (const other of others) expect(bare(other)).toBe(bare(first));
});

test.each([
  // direction
  ["Translate the note into German", "Translate the note out of German"],
  ["Translate the note from German", "Translate the note to German"],
  ["Convert it from euros to dollars", "Convert it from dollars to euros"],
  ["Übersetze die Notiz ins Deutsche", "Übersetze die Notiz aus dem Deutschen"],
  ["Rechne von Euro in Dollar um", "Rechne von Dollar in Euro um"],
  ["Traduce la nota al alemán", "Traduce la nota del alemán"],
  ["Traduce del alemán al danés", "Traduce del danés al alemán"],
  ["List what came before Monday", "List what came after Monday"],
  ["Nenne alles vor Montag", "Nenne alles nach Montag"],
  // who does what to whom
  ["Compare the draft with the letter", "Compare the letter with the draft"],
  ["Schreib der Bank über den Kunden", "Schreib dem Kunden über die Bank"],
  ["Der Kunde schreibt dem Amt", "Dem Kunden schreibt das Amt"],
  ["Summarise it, then translate it", "Translate it, then summarise it"],
  // more or less
  ["Sort the prices, cheapest first", "Sort the prices, dearest first"],
  ["Make it longer", "Make it shorter"],
  ["Make it short", "Make it shorter"],
  ["Make it shorter", "Make it shortest"],
  ["Keep at least 3", "Keep at most 3"],
  ["Sortiere die Preise aufsteigend", "Sortiere die Preise absteigend"],
  ["Nimm den kleinen Preis", "Nimm den kleineren Preis"],
  ["Nenne die meisten", "Nenne die wenigsten"],
  ["Ordena de menor a mayor", "Ordena de mayor a menor"],
  ["Toma el precio más alto", "Toma el precio más bajo"],
  ["Keep few of them", "Keep a few of them"],
  ["List most prices", "List the most prices"],
  ["Translate a second note", "Translate the second note"],
  ["Total of last week", "Total of the last week"],
  // denial
  ["Translate it", "Don't translate it"],
  ["Translate it", "Never translate it"],
  ["Keep the names", "Keep no names"],
  ["Include the names", "Exclude the names"],
  ["With names", "Without names"],
  ["Übersetze es", "Übersetze es nicht"],
  ["Nenne alle Namen", "Nenne keine Namen"],
  ["Mit Namen", "Ohne Namen"],
  ["Traduce la nota", "No traduzcas la nota"],
  ["Con nombres", "Sin nombres"],
  ["Keep all but the names", "Keep the names"],
  // numbers and values
  ["Write 40 words", "Write 400 words"],
  ["Write forty words", "Write fifty words"],
  ["Add 5", "Add -5"],
  ["Raise it by 5%", "Raise it by 5"],
  ["It costs $5", "It costs 5"],
  ["Take 1,500 of it", "Take 1.500 of it"],
  ["Compute 5!", "Compute 5"],
  ["Compute n!", "Compute n"],
  ["Write on 4 March", "Write on 8 March"],
  ["Write to ann@example.org", "Write to bob@example.org"],
  ["Translate it for the US", "Translate it for us"],
  // one and several, what is asked and what is told
  ["Translate the letter", "Translate the letters"],
  ["Can you read it?", "Read it"],
  ["Translate it?", "Translate it"],
  ["Invite Ann, Bob", "Invite Ann Bob"],
  ["No, translate it", "No translate it"],
  ["Just translate it", "Translate it"],
  // courtesies that are spoken of
  ["Teach her to say please", "Teach her to say"],
  ["Write a thank you note", "Write a note"],
  ["Translate into German: See you. Thanks!", "Translate into German: See you"],
  ["Translate into German:\nSee you, please", "Translate into German:\nSee you"],
  ["Put it into German - see you, thanks", "Put it into German - see you"],
  ["Put “see you, please” into German", "Put “see you” into German"],
  ["Split it at '  '", "Split it at ' '"],
  ["Answer her kindly", "Answer her"],
  ["Translate please into German", "Translate into German"],
  ["Replace 'in the note' by 'in note'", "Replace 'in note' by 'in the note'"],
  ["Say the note of the note", "Say note of the note"],
  ["Check and the note", "Check and note"],
])("may not: %s, %s", (one, other) => {
  expect(bare(one)).not.toBe(bare(other));
});

test("a word more, less or another, or two exchanged, is another request", () => {
  const courtesies = new Set("the".split(" "));
  const requests = shared.map(([first]) => first.split(" "));
  const change = fc.record({
    words: fc.constantFrom(...requests),
    at: fc.nat(),
    kind: fc.constantFrom("less", "more", "other", "exchanged"),
  });
  const odd = fc.constantFrom(
    "not",
    "without",
    "less",
    "more",
    "first",
    "last",
    "from",
    "to",
    "nicht",
    "ohne",
    "no",
    "sin",
    "3",
    "-",
    "?",
    "it",
  );
  fc.assert(
    fc.property(change, odd, ({ words, at, kind }, word) => {
      const i = at % words.length;
      const changed = [...words];
      if (kind === "less") changed.splice(i, 1);
      if (kind === "more") changed.splice(i, 0, word);
      if (kind === "other") changed[i] = word;
      if (kind === "exchanged") [changed[i], changed[(i + 1) % words.length]] = [words[(i + 1) % words.length]!, words[i]!];
      fc.pre(changed.join(" ") !== words.join(" ") && !(kind === "less" && courtesies.has(words[i]!)));
      expect(bare(changed.join(" "))).not.toBe(bare(words.join(" ")));
    }),
    { numRuns: 2000 },
  );
});

test("takes time in proportion to a text", () => {
  for (const part of ["please ", ", please", "a ", "the note ", "Sie ", "thanks. ", "could you "]) {
    const start = process.cpuUsage();
    bare(`Could you ${part.repeat(100_000 / part.length)}`);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(500);
  }
});
