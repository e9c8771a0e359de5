import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parametersOf } from "../parameter.js";
import { numbersFor } from "./numbers-for.js";
import { said } from "./said.js";

const number = (description: string) => ({ type: "number", description });
const box = parametersOf({
  type: "object",
  properties: {
    length: number("Length of the crate in metres"),
    width: number("Width of the crate in metres"),
    load: number("Mass of what is in it, in kg"),
    decimals: { type: "integer", description: "Decimals of the result. Default is 2." },
    chance: number("Probability that it breaks"),
  },
  required: ["length", "width"],
});
const found = (request: string, given: Record<string, number>) => Object.fromEntries(numbersFor(box, given, said(request), new Set()));

const range = { type: "object", properties: { minPrice: { type: "number" }, maxPrice: { type: "number" } } };
const prices = (request: string, given: Record<string, number>) =>
  Object.fromEntries(numbersFor(parametersOf(range), given, said(request), new Set()));

describe("the end of a range", () => {
  it.each<[string, Record<string, number>]>([
    ["shoes under 50 euros", { maxPrice: 50 }],
    ["shoes for less than $50", { maxPrice: 50 }],
    ["shoes for at most 50 euros", { maxPrice: 50 }],
    ["shoes for no more than 50 euros", { maxPrice: 50 }],
    ["shoes for 50 euros or less", { maxPrice: 50 }],
    ["Schuhe für höchstens 50 Euro", { maxPrice: 50 }],
    ["shoes over 50 euros", { minPrice: 50 }],
    ["shoes for at least 50 euros", { minPrice: 50 }],
    ["shoes for not less than 50 euros", { minPrice: 50 }],
    ["shoes over 20 but under 50 euros", { minPrice: 20, maxPrice: 50 }],
  ])("is the one that is said, whichever the model wrote: %s", (request, right) => {
    expect(prices(request, { minPrice: 50 })).toEqual(right);
    expect(prices(request, { maxPrice: 50 })).toEqual(right);
    expect(prices(request, right)).toEqual(right);
  });

  it("is what the model wrote where nothing is said of it", () => {
    expect(prices("shoes, 50 euros", { minPrice: 50 })).toEqual({ minPrice: 50 });
    expect(prices("shoes between 20 and 50 euros", { minPrice: 20, maxPrice: 50 })).toEqual({ minPrice: 20, maxPrice: 50 });
  });
});

describe("a number that is said once", () => {
  it("goes where the request's words say, whatever the model wrote", () => {
    expect(found("A crate with a width of 2 m and a length of 5 m", { length: 2, width: 5 })).toEqual({ length: 5, width: 2 });
  });

  it("stays where the model wrote it, where the words say nothing", () => {
    expect(found("A crate of 3 by 4", { length: 3, width: 4 })).toEqual({ length: 3, width: 4 });
  });

  it("fills no optional argument beside the one that it is for, and one that it is plainly for is not left out", () => {
    expect(found("A crate of 3 by 4", { length: 3, width: 4, decimals: 3 })).toEqual({ length: 3, width: 4 });
    expect(found("A crate of 3 by 4 with a load of 90 kg", { length: 3, width: 4 })).toEqual({ length: 3, width: 4, load: 90 });
  });

  it("is a decimal where a probability is wanted", () => {
    expect(found("A crate of 3 by 4 that breaks with a chance of 5%", { length: 3, width: 4, chance: 5 }).chance).toBe(0.05);
  });

  it("is no probability where it is more than one", () => {
    const request = "Of 20 crates of 3 by 4 the chance that one breaks";
    expect(found(request, { length: 3, width: 4, chance: 20 })).toEqual({ length: 3, width: 4 });
  });

  it("is for one argument, but where the request says that it is for several", () => {
    expect(found("A crate with a length of 3 m", { length: 3, width: 3 })).toEqual({ length: 3 });
    expect(found("A crate with a length and width of 3 m each", { length: 3, width: 3 })).toEqual({ length: 3, width: 3 });
  });

  it("whatever is said and written, arguments take numbers of the request, no number oftener than it is said", () => {
    const small = fc.integer({ min: 0, max: 4 });
    const written = fc.dictionary(fc.constantFrom("length", "width", "load", "decimals"), small);
    fc.assert(
      fc.property(fc.array(small, { maxLength: 8 }), written, (numbers, given) => {
        const values = Object.values(found(`The crate: ${numbers.join(" m; ")} m`, given));
        for (const value of values) {
          expect(values.filter((one) => one === value).length).toBeLessThanOrEqual(numbers.filter((one) => one === value).length);
        }
      }),
    );
  });
});
