import { expect, test } from "vitest";
import { readingsOf } from "./candidates.js";
import type { Fields } from "./field.js";
import { proseOf } from "./prose.js";
import { rank } from "./rank.js";
import { soughtFor } from "./sought.js";
import { surveyOf } from "./survey.js";

/** How likely each value of a text is a field's, and what its label counts. */
function ranked(text: string, name: string, fields: Fields) {
  const survey = surveyOf(fields[name]!.kind ?? "text", text, readingsOf(text), proseOf(text));
  const all = rank(survey, soughtFor(name, fields));
  return (value: string) => {
    const { share, signs } = all.find(({ candidate }) => candidate.text === value)!;
    return { share, label: signs.label ?? 0 };
  };
}

test.each([
  ["a text", "Gate", "Gate keeper: Lena Brandt", "Lower Mill", "Lena Brandt", { gate: {} }],
  ["a number", "Pallets", "Pallets returned: 4", "12", "4", { pallets: { kind: "number" } }],
  ["a person", "Driver", "Driver on the way back: Lena Brandt", "Ole Falk", "Lena Brandt", { driver: { kind: "person" } }],
  ["a date", "Sowing", "Sowing planned: 3 May 2026", "9 May 2026", "3 May 2026", { sowing: { kind: "date" } }],
] as const)(
  "a label that says more than %s is called counts less beside one that is the whole of it",
  (_, called, more, whole, other, fields) => {
    const [name] = Object.keys(fields) as [string];
    for (const lines of [
      [`${called}: ${whole}`, more],
      [more, `${called}: ${whole}`],
    ]) {
      const beside = ranked(lines.join("\n"), name, fields);
      const alone = ranked(lines.join("\n").replace(`${called}: ${whole}`, `Remarks: ${whole}`), name, fields);
      expect(beside(whole).share).toBeGreaterThan(0.9);
      expect(beside(other).label).toBeLessThan(alone(other).label);
      expect(alone(other).share).toBeGreaterThan(0.9);
    }
  },
);

test.each([
  ["closes", "day on which the market closes", "9 May 2026"],
  ["opens", "day on which the market opens", "3 May 2026"],
])("of the two ends of a range %s is the one that it speaks of", (name, description, end) => {
  const share = ranked("Pitch 14, 3 May 2026 to 9 May 2026\n", name, { [name]: { kind: "date", description } });
  expect(share(end).share).toBeGreaterThan(0.55);
});

test("what is said of a part of a name is said of the fuller one", () => {
  const share = ranked("Nele Brandt and Ole Falk came by van. The spare keys stay with Brandt, who drives.\n", "keeper", {
    keeper: { kind: "person", description: "who has the spare keys" },
  });
  expect(share("Nele Brandt").share).toBeGreaterThan(0.55);
});

test.each([
  ["siteVisit", "day of the site visit", "Date: 4 May 2026\n\nPlease answer until 9 June 2026 at the latest.\n", "4 May 2026"],
  ["meeting", "day of the meeting", "The meeting was originally planned for 4 May 2026.\nThe parents meet on 9 May 2026.\n", "4 May 2026"],
])("no word speaks surely for a day as %s: %s", (name, description, text, day) => {
  expect(ranked(text, name, { [name]: { kind: "date", description } })(day).share).toBeLessThan(0.9);
});

test("a meeting that nobody calls the next one is less likely the next", () => {
  const text = "We had our meeting on 4 May 2026.\n\nThe next one is on 9 June 2026.\n";
  const signsFor = (name: string, description: string) => {
    const all = rank(surveyOf("date", text), soughtFor(name, { [name]: { kind: "date", description } }));
    return all.map(({ candidate, signs }) => [candidate.value, signs.unqualified]).sort();
  };
  expect(signsFor("nextMeeting", "day of the next meeting")).toEqual([
    ["2026-05-04", 1],
    ["2026-06-09", 0],
  ]);
  expect(signsFor("meeting", "day of the meeting").map(([, unqualified]) => unqualified)).toEqual([0, 0]);
});

test("who heads a letter is not whoever else it may speak of", () => {
  const share = ranked("Zahnarztpraxis Ulmer\nHafenweg 3, Kiel\n\nSehr geehrte Frau Voss, Ihr Termin ist morgen.\n", "insurer", {
    insurer: { kind: "organisation", description: "Krankenversicherung der Patientin" },
  });
  expect(share("Zahnarztpraxis Ulmer").share).toBeLessThan(0.8);
});
