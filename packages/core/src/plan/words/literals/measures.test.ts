import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { differ, inUnitOf, measureOf } from "./measures.js";

const of = (name: string, value: number, after: string, description = "") => inUnitOf({ name, description }, value, after);

describe("a number with a unit, for a place", () => {
  it("comes in the unit that the place is named or described for", () => {
    expect(of("daysOverdue", 3, " weeks overdue")).toBe(21);
    expect(of("minutes", 0.5, " an hour")).toBe(30);
    expect(of("weightKg", 500, " g of flour")).toBe(0.5);
    expect(of("widthM", 25, " cm")).toBe(0.25);
    expect(of("distance", 2, " km from here", "in metres")).toBe(2000);
    expect(of("term", 2, " years", "months")).toBe(24);
    for (const unit of [" micrograms", " µg", " μg", "mcg", " Mikrogramm"]) expect(of("dose", 500, unit, "Dose in mg")).toBe(0.5);
    expect(of("timeoutMs", 5, " seconds")).toBe(5000);
    expect(of("seconds", 250, " ms")).toBe(0.25);
    expect(of("length", 100, " yards", "in feet")).toBe(300);
    expect(of("millilitres", 2, " dl")).toBe(200);
    expect(of("years", 18, " Monaten")).toBe(1.5);
    expect(of("strength", 5, " mmol/l", "mol/l")).toBe(0.005);
    expect(of("speed", 80, " km/h with no brakes", "At the start in km/h.")).toBe(80);
    expect(of("velocity", 72, " km/h", "in m/s")).toBe(20);
    expect(of("velocity", 20, " metres per second", "The speed in meters per second")).toBe(20);
  });

  it("is no value where the place measures or counts something else", () => {
    expect(of("guests", 1800, " euros together")).toBeUndefined();
    expect(of("gigabytes", 6, " months")).toBeUndefined();
    expect(of("from lon", 70, " km/h")).toBeUndefined();
    expect(of("area", 25, " cm")).toBeUndefined();
    expect(of("abv", 400, " litres, please", "alcohol in percent")).toBeUndefined();
    expect(of("distance", 20, " minutes")).toBeUndefined();
    expect(of("distance", 20, " m/s", "in metres")).toBeUndefined();
    expect(of("budget", 15, "%")).toBeUndefined();
    expect(of("personas", 90, " euros")).toBeUndefined();
  });

  it("is no value where its unit does not convert into the place's", () => {
    expect(of("days", 2, " months")).toBeUndefined();
    for (const unit of [" dollars", " pesos", " zł", " kronor", " yuan"]) expect(of("price eur", 40, unit)).toBeUndefined();
    expect(of("distance km", 3, " miles")).toBeUndefined();
  });

  it("stays as it is where either says no unit, or the place says two", () => {
    expect(of("guests", 8, " for dinner")).toBe(8);
    expect(of("amount", 840, " euros")).toBe(840);
    expect(of("price per night", 90, " euros")).toBe(90);
    expect(of("deposit", 20, "%", "in percent of the price")).toBe(20);
    expect(of("rent", 900, " euros", "EUR a month")).toBe(900);
    expect(of("length", 3, " weeks", "in weeks or in km")).toBe(3);
    expect(of("t", 3, " days")).toBe(3);
    expect(of("seats", 3, " t-shirts")).toBe(3);
  });

  it("there and back it is the same", () => {
    const unit = fc.constantFrom("seconds", "minutes", "hours", "days", "weeks");
    fc.assert(
      fc.property(unit, unit, fc.integer({ min: 1, max: 1000 }), (one, other, value) => {
        expect(of(one, of(other, value, ` ${one}`)!, ` ${other}`)).toBeCloseTo(value, 6);
      }),
    );
  });
});

test("two places differ where they measure different things or in different units, and not where either tells nothing", () => {
  const apart = (one: string, other: string, said = "") =>
    differ(measureOf({ name: one, description: "" }), measureOf({ name: other, description: said }));
  for (const [one, other, said] of [
    ["weight", "price", ""],
    ["minutes", "hours", ""],
    ["distanceKm", "metres", ""],
    ["guests", "budget", ""],
    ["price", "level", "in percent"],
    ["priceEur", "cost", "in USD"],
  ] as const)
    expect([one, other, apart(one, other, said)]).toEqual([one, other, true]);
  for (const [one, other, said] of [
    ["price", "cost", "EUR a night"],
    ["duration", "minutes", ""],
    ["amount", "price", ""],
    ["guests", "persons", ""],
    ["total", "sum", ""],
    ["lastYear", "tonnes", ""],
    ["second", "price", ""],
    ["salary", "pay", "per year"],
    ["averageSpeed", "kmh", "kilometres per hour"],
    ["perDay", "price", "fee of one day"],
  ] as const)
    expect([one, other, apart(one, other, said)]).toEqual([one, other, false]);
});

test("the least of something is called so before it, and is no minutes", () => {
  expect(measureOf({ name: "min_temp", description: "" })).toEqual(measureOf({ name: "max_temp", description: "" }));
  expect(measureOf({ name: "walkMin", description: "" })?.dimension).toBe("time");
});

test("what a number stands by with `a` says for how much it is, and not what it counts", () => {
  expect(inUnitOf({ name: "dayRate", description: "studio, EUR a day" }, 480, " a day.")).toBe(480);
  expect(inUnitOf({ name: "minutes", description: "" }, 3, " a week")).toBe(3);
  expect(inUnitOf({ name: "dayRate", description: "studio, EUR a day" }, 12.5, " a day.")).toBe(12.5);
  expect(inUnitOf({ name: "minutes", description: "" }, 0.5, " an hour")).toBe(30);
  expect(inUnitOf({ name: "minutes", description: "" }, 2, "  hours")).toBe(120);
});
