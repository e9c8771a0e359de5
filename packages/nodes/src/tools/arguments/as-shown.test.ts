import { expect, test } from "vitest";
import { asShown } from "./as-shown.js";

const curve = (description: string) => ({ name: "curve", optional: false, type: "string", description, schema: {} }) as const;

test("a formula with a name is what it is, where the description's example has none", () => {
  expect(asShown("y = 4x - 1", curve("The curve, e.g. 2x+5"))).toBe("4x - 1");
  expect(asShown("g(t)=t^2", curve("The curve as a text, for example '2x+5'"))).toBe("t^2");
});

test("a value is without an article and the name of its parameter", () => {
  const account = { name: "to_account", optional: false, type: "string", schema: {} } as const;
  expect(asShown("the savings account", account)).toBe("savings");
  expect(asShown("account 12", account)).toBe("12");
  expect(asShown("Savings Account", account)).toBe("Savings Account");
  expect(asShown("account", account)).toBe("account");
  expect(asShown("mexico city", { name: "city", optional: false, type: "string", schema: {} })).toBe("mexico city");
});

test("it stays where the example has a name too, or there is none", () => {
  expect(asShown("y = 4x - 1", curve("The curve, e.g. y = 2x+5"))).toBe("y = 4x - 1");
  expect(asShown("y = 4x - 1", curve("The curve"))).toBe("y = 4x - 1");
});
