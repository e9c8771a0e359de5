import { expect, test } from "vitest";
import { z } from "zod";
import { jsonSchemaOf, media, type Schema } from "../index.js";
import { compatible } from "./compatible.js";

const fits = (from: Schema, to: Schema) => compatible(jsonSchemaOf(from, "output"), jsonSchemaOf(to, "input"));

const whole = { input: () => ({ type: "integer" }), output: () => ({ type: "integer" }) };
const person = z.object({ name: z.string(), age: z.number().optional() });
interface Tree {
  name: string;
  children: Tree[];
}
const tree: z.ZodType<Tree> = z.object({ name: z.string(), children: z.lazy(() => z.array(tree)) });

const yes: [string, Schema, Schema][] = [
  ["the same", z.string(), z.string()],
  ["a label as text", z.enum(["a", "b"]), z.string()],
  ["fewer labels", z.enum(["a"]), z.enum(["a", "b"])],
  ["a literal", z.literal("a"), z.enum(["a", "b"])],
  ["a whole number as a number", z.int(), z.number()],
  ["more fields than are taken", person, z.object({ name: z.string() })],
  ["an optional field where it is optional", person, person],
  ["labels in a union of literals", z.enum(["a", "b"]), z.union([z.literal("a"), z.literal("b"), z.literal("c")])],
  ["labels and more in a union of literals", z.enum(["a", "b"]).nullable(), z.union([z.literal("a"), z.literal("b"), z.null()])],
  ["a field of labels", z.object({ l: z.enum(["a", "b"]) }), z.object({ l: z.union([z.literal("a"), z.literal("b")]) })],
  [
    "labels that tell members of a union apart",
    z.object({ kind: z.enum(["a", "b"]), n: z.number() }),
    z.union([z.object({ kind: z.literal("a"), n: z.number() }), z.object({ kind: z.literal("b") })]),
  ],
  ["the same strict object", z.strictObject({ a: z.string() }), z.strictObject({ a: z.string(), b: z.string().optional() })],
  ["an object where all keys are taken", z.object({ a: z.string() }), z.looseObject({})],
  ["lists", z.array(z.enum(["a"])), z.array(z.string())],
  ["a tuple as a list", z.tuple([z.string(), z.string()]), z.array(z.string())],
  ["one member of a union", z.string(), z.union([z.string(), z.array(z.string())])],
  ["a union in a wider one", z.union([z.string(), z.number()]), z.union([z.string(), z.number(), z.null()])],
  ["what may be null where null is taken", z.string().nullable(), z.string().nullable()],
  ["anything", z.string(), z.any()],
  ["from anything", z.any(), z.object({ name: z.string() })],
  ["yes and no as a label of both", z.boolean(), z.union([z.literal(true), z.literal(false)])],
  ["an object as a record", z.object({ a: z.number() }), z.record(z.string(), z.number())],
  ["a record of labels as an object", z.record(z.enum(["a", "b"]), z.number()), z.object({ a: z.number(), b: z.number() })],
  ["an intersection", z.intersection(person, z.object({ home: z.string() })), z.object({ name: z.string(), home: z.string() })],
  ["a schema that refers to itself", tree, tree],
  ["an image as a page", media.image(), media.page()],
  ["any medium as a file", media.audio(), media.file()],
  ["a list of images as pages", z.array(media.image()), z.array(media.page())],
];
test.each(yes)("fits: %s", (_, from, to) => expect(fits(from, to)).toBeUndefined());

const no: [string, Schema, Schema, string][] = [
  ["text as a number", z.string(), z.number(), "text is not a number"],
  ["text as a label", z.string(), z.enum(["a", "b"]), 'text is not one of "a", "b"'],
  ["more labels", z.enum(["a", "c"]), z.enum(["a", "b"]), '"c" is not one of "a", "b"'],
  ["a number as a whole one", z.number(), z.int(), "a number is not a whole number"],
  ["an object without a field", z.object({ age: z.number() }), person, '"name" is missing in an object (age)'],
  ["a field that may be missing", person, z.object({ age: z.number() }), '"age" may be missing'],
  ["a field of another type", z.object({ name: z.number() }), person, 'in "name" a number is not text'],
  ["labels in too few literals", z.enum(["a", "b", "c"]), z.union([z.literal("a"), z.literal("b")]), '"c" is not "a" or "b"'],
  [
    "an object in a strict one",
    z.object({ a: z.string(), b: z.string() }),
    z.strictObject({ a: z.string() }),
    '"b" has no place in an object (a)',
  ],
  ["an optional field in a strict object", person, z.strictObject({ name: z.string() }), '"age" has no place in an object (name)'],
  [
    "a loose object in a strict one",
    z.looseObject({ a: z.string() }),
    z.strictObject({ a: z.string() }),
    "an object (a) may hold more than an object (a)",
  ],
  [
    "a record in a strict object",
    z.record(z.string(), z.string()),
    z.strictObject({ a: z.string().optional() }),
    "an object may hold more than an object (a)",
  ],
  [
    "labels some of which no member takes",
    z.object({ kind: z.enum(["a", "c"]) }),
    z.union([z.object({ kind: z.literal("a") }), z.object({ kind: z.literal("b") })]),
    'in "kind" "c" is not "b"',
  ],
  ["a list of others", z.array(z.number()), z.array(z.string()), "in the list a number is not text"],
  ["one for a list", z.string(), z.array(z.string()), "text is not a list (each text)"],
  ["a wider union", z.union([z.string(), z.number()]), z.string(), "a number is not text"],
  [
    "a union of objects with the same fields",
    z.object({ kind: z.string() }),
    z.union([z.object({ kind: z.literal("a") }), z.object({ kind: z.literal("b") })]),
    'in "kind" text is not "b"',
  ],
  ["what may be null", z.string().nullable(), z.string(), "null is not text"],
  ["a list that may be too short", z.array(z.string()), z.tuple([z.string()]), "a list (each text) may hold fewer items than 1"],
  ["audio as a page", media.audio(), media.page(), "audio is not a page"],
  ["a page as an image", media.page(), media.image(), "a page is not an image"],
  ["a medium as a record", media.audio(), z.record(z.string(), z.any()), "audio is not an object"],
  ["text as a medium", z.string(), media.audio(), "text is not audio"],
  ["a record as an object", z.record(z.string(), z.string()), z.object({ a: z.string() }), '"a" is missing in an object'],
  ["a record of others", z.object({ a: z.string() }), z.record(z.string(), z.number()), 'in "a" text is not a number'],
];
test.each(no)("does not fit: %s", (_, from, to, why) => expect(fits(from, to)).toBe(why));

const kept = (from: Schema, to: Schema) => compatible(jsonSchemaOf(from, "output"), jsonSchemaOf(to, "output"), { bounds: true });

test.each<[string, Schema, Schema]>([
  ["a tighter bound", z.number().min(1).max(5), z.number().min(0).max(10)],
  ["an open bound in a closed one", z.number().gt(0), z.number().min(0)],
  ["whole numbers", z.int(), z.int()],
  ["whole numbers of another library", { "~standard": { ...z.int()["~standard"], jsonSchema: whole } } as Schema, z.int()],
  ["multiples", z.number().multipleOf(10), z.number().multipleOf(5)],
  ["a shorter text", z.string().min(2).max(3), z.string().min(1).max(3)],
  ["the same pattern", z.string().regex(/^a/), z.string().regex(/^a/)],
  ["the same format", z.email(), z.email()],
  ["a value within", z.literal(3), z.number().max(5)],
  ["a list of so many", z.array(z.string()).length(2), z.array(z.string()).min(1)],
  ["a tuple", z.tuple([z.string()]), z.array(z.string()).min(1).max(1)],
  ["anything", z.any(), z.number().max(1)],
])("keeps a bound: %s", (_, from, to) => expect(kept(from, to)).toBeUndefined());

test.each<[string, Schema, Schema, string]>([
  ["a number", z.number(), z.number().max(10), "it may be more than 10"],
  ["a closed bound in an open one", z.number().min(0), z.number().gt(0), "it may be 0 or less"],
  ["no multiples", z.number(), z.number().multipleOf(5), "it need not be a multiple of 5"],
  ["a text", z.string(), z.string().min(1), "it may be shorter than 1"],
  ["a long text", z.string().max(10), z.string().max(5), "it may be longer than 5"],
  ["another pattern", z.string(), z.string().regex(/^a/), "it need not match ^a"],
  ["no format", z.string(), z.iso.date(), "it need not be a date"],
  ["a list", z.array(z.string()), z.array(z.string()).max(3), "it may hold more than 3"],
  ["a short list", z.array(z.string()), z.array(z.string()).min(1), "it may hold fewer than 1"],
  [
    "something further in",
    z.object({ a: z.array(z.number()) }),
    z.object({ a: z.array(z.number().min(0)) }),
    'in "a" in the list it may be less than 0',
  ],
  ["one member", z.union([z.number().max(5), z.null()]), z.union([z.number().max(3), z.null()]), "it may be more than 3"],
])("need not keep a bound: %s", (_, from, to, why) => {
  expect(kept(from, to)).toBe(why);
  expect(fits(from, to)).toBeUndefined();
});
