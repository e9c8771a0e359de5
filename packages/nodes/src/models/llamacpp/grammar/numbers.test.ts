import fc from "fast-check";
import { expect, test } from "vitest";
import { type Bounds, numberMachine } from "./numbers.js";
import { runs } from "./runs.fixture.js";

const decimal = fc.tuple(fc.integer({ min: -2000, max: 2000 }), fc.constantFrom(1, 10, 100, 1000)).map(([value, places]) => value / places);
const bounds: fc.Arbitrary<Bounds> = fc.record(
  {
    integer: fc.boolean(),
    minimum: decimal,
    maximum: decimal,
    exclusiveMinimum: decimal,
    exclusiveMaximum: decimal,
    multipleOf: fc.constantFrom(1, 2, 3, 7, 12, 100, 0.5, 0.05, 0.01, 1.5),
  },
  { requiredKeys: ["integer"] },
);

const within = (value: number, { integer, multipleOf, ...b }: Bounds) =>
  (!integer || Number.isInteger(value)) &&
  value >= (b.minimum ?? -Infinity) &&
  value <= (b.maximum ?? Infinity) &&
  value > (b.exclusiveMinimum ?? -Infinity) &&
  value < (b.exclusiveMaximum ?? Infinity) &&
  // In thousandths, so that no rounding comes in.
  (!multipleOf || Math.round(value * 1000) % Math.round(multipleOf * 1000) === 0);

test("takes a number exactly where it is within bounds", () => {
  fc.assert(
    fc.property(bounds, fc.array(decimal, { minLength: 20, maxLength: 20 }), (b, values) => {
      const machine = numberMachine(b);
      fc.pre(machine !== undefined);
      const near = [b.minimum, b.maximum, b.exclusiveMinimum, b.exclusiveMaximum].flatMap((at) =>
        at === undefined ? [] : [at, at + 0.001, at - 0.001],
      );
      for (const value of [...values, ...near.map((one) => Math.round(one * 1000) / 1000), 0])
        expect([value, runs(machine, String(value === 0 ? 0 : value))]).toEqual([value, within(value, b)]);
    }),
    { numRuns: 400 },
  );
});

test("takes no other way to write a number than JSON's", () => {
  const machine = numberMachine({ integer: false, minimum: -5, maximum: 500 });
  for (const text of ["", "-", "01", "1.", ".5", "+1", "1e2", "-0", "1.5.5", "--1", "1-"])
    expect([text, runs(machine, text)]).toEqual([text, false]);
  for (const text of ["0", "-4.75", "12.250", "500", "500.000"]) expect([text, runs(machine, text)]).toEqual([text, true]);
});
