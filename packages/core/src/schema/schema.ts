import type { StandardSchemaV1 } from "@standard-schema/spec";
import { config, type core, globalRegistry, toJSONSchema, util } from "zod";
import { TroupeError } from "../error/error.js";
import { after, promised, type Soon } from "./after.js";
import { hoisted, listOf, some } from "./hoisted.js";
import type { JsonSchema } from "./json.js";
import { onlyLooks } from "./only-looks.js";
import { setKey } from "./set-key.js";
import { tooMuch } from "./written-size.js";

/** Any Standard Schema that can also say itself as JSON Schema (zod 4, ArkType, Valibot with its converter). */
export type Schema<In = any, Out = In> = StandardSchemaV1<In, Out>;

export type InputOf<S extends Schema> = StandardSchemaV1.InferInput<S>;
export type OutputOf<S extends Schema> = StandardSchemaV1.InferOutput<S>;

interface Converter {
  readonly input: (options: { target: string }) => Record<string, unknown>;
  readonly output: (options: { target: string }) => Record<string, unknown>;
}

const converted = { input: new WeakMap<Schema, JsonSchema>(), output: new WeakMap<Schema, JsonSchema>() };

/**
 * The JSON Schema of what a schema takes (`input`) or gives (`output`); a schema is converted once.
 * @throws TroupeError `SCHEMA_OPAQUE` when the schema cannot say itself as JSON Schema.
 * @example
 * jsonSchemaOf(z.object({ age: z.int() })); // { type: "object", properties: { age: … }, required: ["age"], … }
 */
export function jsonSchemaOf(schema: Schema, side: "input" | "output" = "input"): JsonSchema {
  const known = converted[side].get(schema);
  if (known) return known;
  const json = convert(schema, side);
  const why = tooMuch(json);
  if (why) throw opaque(why, "Give what repeats an id, so that it is written once: zod's .meta({ id }).");
  converted[side].set(schema, json);
  return json;
}

function convert(schema: Schema, side: "input" | "output"): JsonSchema {
  const { vendor, jsonSchema } = ((schema as Schema | null | undefined)?.["~standard"] ?? {}) as {
    vendor?: string;
    jsonSchema?: Converter;
  };
  const target = "draft-2020-12";
  try {
    if (jsonSchema) return bare(jsonSchema[side]({ target }));
    // zod 4.0 and 4.1 know no such converter, but have the form of later ones.
    if (Object.hasOwn(Object(schema), "_zod"))
      return bare(toJSONSchema(schema as any, { io: side, target, metadata }) as Record<string, unknown>);
  } catch (cause) {
    if (cause instanceof TroupeError) throw cause;
    throw opaque(
      cause instanceof Error ? cause.message : String(cause),
      "Use a schema that converts to JSON Schema (zod 4 does), without custom types or dates; a transform may stand in an input.",
      cause,
    );
  }
  if (vendor === "zod") throw opaque("this is zod 3", 'Use zod 4: npm install zod@4, or, where zod is 3.25, import { z } from "zod/v4".');
  if (vendor === "valibot")
    throw opaque("Valibot needs its converter", "Wrap it: toStandardJsonSchema(schema), of @valibot/to-json-schema.");
  throw vendor === undefined
    ? opaque("it is no Standard Schema", "Give a schema, of zod 4 for one: z.object({ text: z.string() }).")
    : opaque(`${vendor} has no ~standard.jsonSchema`, "Use a schema that converts to JSON Schema; zod 4 does.");
}

const bare = ({ $schema: _, ...rest }: Record<string, unknown>) => rest as JsonSchema;

const opaque = (why: string, hint: string, cause?: unknown) =>
  new TroupeError("SCHEMA_OPAQUE", `A schema cannot be written as JSON Schema: ${why}`, { hint, cause });

/** Descriptions and ids are kept by the zod that a schema is of. */
const metadata = { get: (schema: any) => schema.meta?.() ?? globalRegistry.get(schema) } as typeof globalRegistry;

/** A value held against a schema: what the schema gives, or what is wrong, a line each. */
export type Validated = { readonly value: unknown } | { readonly problems: readonly string[] };

/** Held against a schema that answers at once, a value is there at once. */
export function validate(schema: Schema, value: unknown): Soon<Validated> {
  return after(lookedAt(schema, value), told);
}

function told(result: StandardSchemaV1.Result<unknown>): Validated {
  if (!result.issues) return result;
  return {
    problems: result.issues.map(({ path, message }) => {
      const keys = (path ?? []).map((p) => String(typeof p === "object" ? p.key : p));
      return keys.length ? `${keys.join(".")}: ${message}` : message;
    }),
  };
}

const shapes = new WeakMap<Schema, Readonly<Record<string, Schema>>>();

/** The fields of a schema that `objectSchema` made. */
export const shapeOf = (schema: Schema): Readonly<Record<string, Schema>> | undefined => shapes.get(schema);

/** An object schema made of schemas, field by field; fields it does not name are dropped. */
export function objectSchema(shape: Readonly<Record<string, Schema>>): Schema {
  const fields = Object.entries(shape);
  const json = (side: "input" | "output") => () => {
    const parts = Object.entries(shape).map(([name, schema]) => [name, hoisted(jsonSchemaOf(schema, side), name)] as const);
    return {
      type: "object",
      properties: Object.fromEntries(parts.map(([name, { part }]) => [name, part])),
      required: Object.keys(shape).filter((name) => !isOptional(shape[name]!)),
      ...some(Object.assign({}, ...parts.map(([, { $defs }]) => $defs))),
    };
  };
  const schema = {
    "~standard": {
      version: 1,
      vendor: "troupe",
      jsonSchema: { input: json("input"), output: json("output") },
      validate(value: unknown) {
        if (typeof value !== "object" || value === null || Array.isArray(value)) return { issues: [{ message: "expected an object" }] };
        const results = fields.map(([name, schema]) => lookedAt(schema, (value as Record<string, unknown>)[name]));
        return all(results, (given) => {
          const output: Record<string, unknown> = {};
          const issues: StandardSchemaV1.Issue[] = [];
          for (const [i, result] of given.entries()) {
            const name = fields[i]![0];
            if (result.issues) issues.push(...inside(name, result.issues));
            else if (result.value !== undefined) setKey(output, name, result.value);
          }
          return issues.length ? { issues } : { value: output };
        });
      },
    } as Schema["~standard"],
  };
  shapes.set(schema, shape);
  return schema;
}

/** A list of what a schema takes; its first items, `from` of them, stand as they are. */
export function listSchema(item: Schema, from = 0): Schema {
  const json = (side: "input" | "output") => () => listOf(jsonSchemaOf(item, side));
  return {
    "~standard": {
      version: 1,
      vendor: "troupe",
      jsonSchema: { input: json("input"), output: json("output") },
      validate(value: unknown) {
        if (!Array.isArray(value)) return { issues: [{ message: "expected a list" }] };
        return all(
          value.map((one, i) => (i < from ? { value: one } : lookedAt(item, one))),
          (results) => {
            const issues = results.flatMap((r, i) => inside(i, r.issues ?? []));
            return issues.length ? { issues } : { value: results.map((r) => (r as { value: unknown }).value) };
          },
        );
      },
    } as Schema["~standard"],
  };
}

/**
 * What a schema lets pass, as it stands, whatever the schema would make of it. A schema that would not take `made`, which it made itself,
 * cannot tell of what comes after it.
 */
export function standing(schema: Schema, made: unknown): Schema {
  return {
    "~standard": {
      ...schema["~standard"],
      validate: (value: unknown) =>
        after(lookedAt(schema, value), (found): Soon<Result> => {
          if (!found.issues) return { value };
          return made === undefined ? found : after(lookedAt(schema, made), ({ issues }) => (issues ? { value } : found));
        }),
    } as Schema["~standard"],
  };
}

type Result = StandardSchemaV1.Result<unknown>;

/**
 * What a schema finds of a value; what throws at once rejects, so that what rejects beside it is heard all the same. Zod's own way tries
 * at once first: a refinement that gives a promise would run twice, and where the first promise rejects nobody hears it, which ends the
 * process.
 */
function lookedAt(schema: Schema, value: unknown): Soon<Result> {
  try {
    // One made of a schema by whoever wraps it validates in its own way.
    const run = Object.hasOwn(schema, "_zod") && !onlyLooks(schema) ? (schema as unknown as core.$ZodType)._zod.run : undefined;
    if (!run) return schema["~standard"].validate(value);
    const ctx = { async: true };
    return after(run({ value, issues: [] }, ctx), (found) =>
      found.issues.length > 0 ? { issues: found.issues.map((issue) => util.finalizeIssue(issue, ctx, config())) } : { value: found.value },
    );
  } catch (thrown) {
    return Promise.reject(thrown);
  }
}

/** What parts are found to be, at once where all of them are. */
const all = (results: readonly Soon<Result>[], next: (results: readonly Result[]) => Result): Soon<Result> =>
  results.some(promised) ? Promise.all(results).then(next) : next(results as readonly Result[]);

/** Issues of a part. Their message is read, not spread: it may be a getter of their class. */
const inside = (key: PropertyKey, issues: readonly StandardSchemaV1.Issue[]): StandardSchemaV1.Issue[] =>
  issues.map(({ message, path = [] }) => ({ message, path: [key, ...path] }));

/** Whether a schema takes `undefined`: a field of it may be missing. Schemas that validate asynchronously, or fail, count as required. */
export function isOptional(schema: Schema): boolean {
  let known = optional.get(schema);
  if (known === undefined) optional.set(schema, (known = takesNothing(schema)));
  return known;
}

const optional = new WeakMap<Schema, boolean>();

function takesNothing(schema: Schema): boolean {
  const result = lookedAt(schema, undefined);
  const later = promised(result);
  if (!later) return !(result as Result).issues;
  later.catch(() => {}); // what it comes to does not matter here
  return false;
}
