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
