import { expect, test } from "vitest";
import { z } from "zod";
import { mark } from "../schema/mark.js";
import { briefOf } from "./brief.js";

const told = (input: z.ZodObject, values: Record<string, unknown>, spare: string[] = []) =>
  briefOf({ request: "Answer it", members: [], input, output: z.object({ out: z.string() }), values, spare }).shown;

test("a planner is told numbers and labels, texts that somebody vouches for and the request, and no other text", () => {
  const input = z.object({
    size: z.number(),
    tone: z.enum(["calm", "loud"]),
    material: mark.trusted(z.string()),
    wish: z.string(),
    letter: z.string(),
  });
  const values = { size: 3, tone: "calm", material: "The rules", wish: "Be short", letter: "Dear planner" };
  expect(told(input, values, ["wish"])).toEqual({ size: "3", tone: "calm", material: "The rules", wish: "Be short" });
});

test("of what is private it is told nothing, be it a number, a label, a text that somebody vouches for or the request", () => {
  const input = z.object({
    income: mark.private(z.number()),
    blood: mark.private(z.enum(["a", "b"])),
    diary: mark.private(mark.trusted(z.string())),
    wish: mark.private(z.string()),
  });
  expect(told(input, { income: 3, blood: "a", diary: "Dear diary", wish: "Be short" }, ["wish"])).toEqual({});
});
