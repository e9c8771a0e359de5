import { expect, test } from "vitest";
import { parametersOf } from "../parameter.js";
import { placeFor } from "./place-for.js";
import { said } from "./said.js";

const town = (description: string, others = {}) => {
  const fields = parametersOf({ type: "object", properties: { town: { type: "string", description }, ...others } });
  return (value: string, request: string) => placeFor(value, fields[0]!, fields, said(request));
};

test("a place is taken with the country or state that stands behind it, but where another argument takes these", () => {
  expect(town("The town")("Lucca", "Flats in Lucca, Italy, please")).toBe("Lucca, Italy");
  expect(town("The town")("Salem", "Flats in Salem, Oregon.")).toBe("Salem, Oregon");
  expect(town("The town")("Lucca", "Flats in Lucca, Tuesday")).toBe("Lucca");
  expect(town("The town", { country: { type: "string" } })("Lucca", "Flats in Lucca, Italy")).toBe("Lucca");
});

test("where a city is wanted with its state, it has the code of the one that is said, or that has no namesake", () => {
  const place = town("The city and state, e.g. Reno, NV");
  expect(place("Salem", "Flats in Salem, Oregon")).toBe("Salem, OR");
  expect(place("Seattle", "Flats in Seattle")).toBe("Seattle, WA");
  expect(place("Springfield", "Flats in Springfield")).toBe("Springfield");
  expect(town("The city")("Seattle", "Flats in Seattle")).toBe("Seattle");
});

test("what is no place stays as it is", () => {
  const fields = parametersOf({ type: "object", properties: { artist: { type: "string", description: "The painter" } } });
  expect(placeFor("Phoenix", fields[0]!, fields, said("Works of Phoenix, Italy"))).toBe("Phoenix");
});
