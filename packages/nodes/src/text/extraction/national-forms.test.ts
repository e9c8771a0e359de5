import fc from "fast-check";
import { expect, test } from "vitest";
import { alone } from "../alone.js";
import { extract } from "../extract.js";
import { amounts } from "./amounts.js";
import type { Candidate } from "./candidate.js";
import { dates } from "./dates.js";
import type { Kind } from "./field.js";
import { dateForms, lineWith, moneyForms, numberForms } from "./fixtures/national-forms.js";
import { numbers } from "./numbers.js";

/**
 * How many values the readers are shown, all kinds together; `extract` is shown a fiftieth of them, and 400 a kind at least, so that
 * chance moves no share below its bound. `TROUPE_VALUES=100000` is the full count.
 */
const count = Number(process.env.TROUPE_VALUES ?? 6000);

const readers = [
  ["amount", lineWith(moneyForms), amounts],
  ["number", lineWith(numberForms), numbers],
  ["date", lineWith<string>(dateForms), dates],
] as const;

interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly value: string | number;
  readonly plain: boolean;
}

const tally = () => ({ read: 0, plain: 0 });
const told = (kind: Kind, { read, plain }: ReturnType<typeof tally>) => {
  if (process.env.TROUPE_VALUES) console.log(`${kind}: ${read} of ${plain} read (${((100 * read) / plain).toFixed(2)}%), no other value`);
  expect(read / plain).toBeGreaterThan(0.95);
};

test.each(readers)(
  "an %s in any national form is read whole, or not at all",
  async (kind, lines, reader: (text: string) => readonly Candidate[] | Promise<readonly Candidate[]>) => {
    const seen = tally();
    await fc.assert(
      fc.asyncProperty(lines as fc.Arbitrary<Line>, async ({ text, start, end, value, plain }) => {
        const found = (await reader(text)).filter((one) => one.start < end && start < one.end);
        if (plain) seen.plain++;
        if (found.length === 0) return;
        // What is not plain has no reading at all.
        expect(found.map((one) => one.value)).toEqual(plain ? [value] : []);
        seen.read++;
      }),
      { numRuns: Math.ceil(count / 3) },
    );
    told(kind, seen);
  },
  600_000,
);

test.each(readers)(
  "extract gives an %s in any national form, or null",
  async (kind, lines) => {
    const app = alone(extract({ engine: "patterns", fields: { sought: { kind, labels: ["the value sought"] } } }));
    const seen = tally();
    await fc.assert(
      fc.asyncProperty(lines as fc.Arbitrary<Line>, async ({ text, start, end, value, plain }) => {
        const line = `${text.slice(0, start)}the value sought ${text.slice(start, end)}${text.slice(end)}`;
        const { sought, places } = await app.invoke({ text: line });
        if (plain) seen.plain++;
        if (sought === null) return;
        // Where the value itself is not read, another of the line may stand in for it; never a part of it.
        const [from, until] = [start + "the value sought ".length, end + "the value sought ".length];
        if (places.sought!.start >= until || places.sought!.end <= from) return;
        expect(sought).toEqual(plain ? value : null);
        seen.read++;
      }),
      { numRuns: Math.max(400, Math.ceil(count / 150)) },
    );
    told(kind, seen);
  },
  600_000,
);
