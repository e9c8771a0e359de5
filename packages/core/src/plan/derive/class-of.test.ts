import { expect, test } from "vitest";
import { classOf } from "./class-of.js";

const sortOf = (description: string) => classOf({ name: "claim", schema: { type: "string" }, required: true, description });

test("what only says of what a place speaks does not tell its sort, on whatever line it stands", () => {
  expect(sortOf("Statement of the insured and their phone")).toBe("whole");
  expect(sortOf("Statement of the insured\nand their phone")).toBe("whole");
  expect(sortOf("Statement\nof\nthe insured, their phone\nand their address")).toBe("whole");
  expect(sortOf("Phone\nof the insured")).toBe("address");
});
