import { expect, test } from "vitest";
import { fullerNames } from "./fuller-names.js";
import { persons } from "./persons.js";

const fuller = (text: string) => Object.fromEntries([...fullerNames(persons(text))].map(([part, [name]]) => [part.text, name!.text]));

test("a first or last name alone is the fuller name's, if there is one such", () => {
  expect(fuller("To: Ines Marlow\nThank you, Ines, and Mr Marlow too.")).toEqual({ Ines: "Ines Marlow", Marlow: "Ines Marlow" });
  expect(fuller("Ines Marlow and Karl Marlow came; later Mr Marlow left.")).toEqual({});
});
