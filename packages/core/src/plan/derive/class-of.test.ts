import { expect, test } from "vitest";
import { classOf } from "./class-of.js";

const sortOf = (description: string) => classOf({ name: "claim", schema: { type: "string" }, required: true, description });

test("what only says of what a place speaks does not tell its sort, on whatever line it stands", () => {
  expect(sortOf("Statement of the insured and their phone")).toBe("whole");
  expect(sortOf("Statement of the insured\nand their phone")).toBe("whole");
  expect(sortOf("Statement\nof\nthe insured, their phone\nand their address")).toBe("whole");
  expect(sortOf("Phone\nof the insured")).toBe("address");
});

test("a text is no language because its member translates into one", () => {
  const of = (name: string, description: string, does: string) =>
    classOf({ name, schema: { type: "string" }, required: true, description }, does);
  for (const does of [
    "Translates into a language.",
    "Translates a text into another language.",
    "Puts it in the language of another text.",
  ]) {
    expect(of("text", "what is to be translated", does)).toBe("whole");
    expect(of("text", "", does)).toBe("whole");
    expect(of("input", "", does)).not.toBe("language");
  }
  expect(of("text", "the customer's phone number", "Calls a customer.")).toBe("address");
  expect(of("value", "", "Checks an IBAN")).toBe("code");
});

test("what is described as a name is no text, whatever it is called, and numbers of books and the like are codes", () => {
  const of = (name: string, description = "") => classOf({ name, schema: { type: "string" }, required: true, description });
  expect(of("body", "its English name")).toBeUndefined();
  expect(of("body", "of the mail")).toBe("whole");
  for (const name of ["isbn", "doi", "vin", "postcode"]) expect(of(name), name).toBe("code");
  expect(of("guide")).not.toBe("code");
});
