import { expect, test } from "vitest";
import { z } from "zod";
import { specialist } from "./specialist.js";

test("a prompt that is text, as untyped code may give it, is refused where it is declared", () => {
  const card = { name: "triage", does: "x", input: z.object({}), output: z.object({}), prompt: "Which topic?" } as any;
  expect(() => specialist(card)).toThrow(
    expect.objectContaining({ code: "SPECIALIST_INVALID", message: expect.stringContaining("triage") }),
  );
});
