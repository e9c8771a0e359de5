import { expect, test } from "vitest";
import { persons } from "./persons.js";

const found = (text: string) => persons(text).map(({ value }) => value);

test.each([
  ["Dear Mrs Eleanor Whitby,", ["Eleanor Whitby"]],
  ["Dobrý den, paní Nováková", ["Nováková"]],
  ["Директор Павел Орлов", ["Павел Орлов"]],
  ["Passenger: OKAFOR / DANIEL MR", ["OKAFOR / DANIEL"]],
  ["田中 健一 様", ["田中 健一"]],
  ["bij tandarts Willem de Vries.", ["Willem de Vries"]],
])("a name without its title or role: %s", (text, names) => expect(found(text)).toEqual(expect.arrayContaining(names)));
