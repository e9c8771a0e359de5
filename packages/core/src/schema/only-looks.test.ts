import { type } from "arktype";
import { expect, test } from "vitest";
import { z } from "zod";
import { onlyLooks } from "./only-looks.js";

interface Part {
  name: string;
  parts: Part[];
}
const Tree: z.ZodType<Part> = z.object({
  name: z.string(),
  get parts() {
    return z.array(Tree);
  },
});
const Checked: z.ZodType<Part> = z.object({
  get parts() {
    return z.array(Checked);
  },
  name: z.string().refine(() => true),
});

test.each([
  ["numbers", z.int().min(1).max(9)],
  ["texts and formats", z.union([z.string().min(1).regex(/a/), z.email(), z.iso.date(), z.url()])],
  ["labels", z.enum(["a", "b"]).nullable()],
  ["objects", z.strictObject({ a: z.string().optional(), b: z.array(z.boolean()).max(3), c: z.tuple([z.null(), z.literal(2)]) })],
  ["named things", z.record(z.string(), z.discriminatedUnion("k", [z.object({ k: z.literal("a") }), z.object({ k: z.literal("b") })]))],
  ["what stands inside itself", Tree],
  ["what says more of itself", z.string().meta({ title: "t" }).describe("d")],
])("a schema of %s only looks", (_, schema) => {
  expect(onlyLooks(schema)).toBe(true);
});

test.each([
  ["a refinement", z.number().refine(() => true)],
  ["one deep inside", z.object({ a: z.array(z.object({ b: z.string().refine(() => true) })) })],
  ["one of an object", z.object({}).superRefine(() => {})],
  ["one inside what stands inside itself", Checked],
  ["a default", z.string().default(() => String(Math.random()))],
  ["a transformation", z.string().transform((text) => text + Math.random())],
  ["a format of one's own", z.stringFormat("odd", () => Math.random() > 0.5)],
  ["a class", z.custom(() => true)],
  ["what is taken as it comes", z.lazy(() => z.string())],
  ["what is caught", z.number().catch(() => Math.random())],
  ["a check of one's own", z.string().check((ctx) => void ctx)],
  [
    "a property's check",
    z.string().check(
      z.property(
        "length",
        z.number().refine(() => true),
      ),
    ),
  ],
  ["another library", type("string[]")],
  ["no schema", {} as never],
])("a schema with %s may do more", (_, schema) => {
  expect(onlyLooks(schema)).toBe(false);
});
