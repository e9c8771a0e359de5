import type { StandardSchemaV1 } from "@standard-schema/spec";
import { TroupeError } from "./error.js";
import type { JsonSchema } from "./json.js";

/** Any Standard Schema that can also say itself as JSON Schema (zod 4, ArkType, Valibot with its converter). */
export type Schema<In = any, Out = In> = StandardSchemaV1<In, Out>;

export type InputOf<S extends Schema> = StandardSchemaV1.InferInput<S>;
export type OutputOf<S extends Schema> = StandardSchemaV1.InferOutput<S>;

interface Converter {
  readonly input: (options: { target: string }) => Record<string, unknown>;
  readonly output: (options: { target: string }) => Record<string, unknown>;
}

/**
 * The JSON Schema of what a schema takes (`input`) or gives (`output`).
 * @throws TroupeError `SCHEMA_OPAQUE` when the schema cannot say itself as JSON Schema.
 */
export function jsonSchemaOf(schema: Schema, side: "input" | "output" = "input"): JsonSchema {
  const converter = (schema["~standard"] as { jsonSchema?: Converter }).jsonSchema;
  try {
    if (!converter) throw new TypeError(`${schema["~standard"].vendor} has no ~standard.jsonSchema`);
    const { $schema: _, ...rest } = converter[side]({ target: "draft-2020-12" });
    return rest as JsonSchema;
  } catch (cause) {
    throw new TroupeError("SCHEMA_OPAQUE", `A schema cannot be written as JSON Schema: ${(cause as Error).message}`, {
      hint: "Use a schema that converts to JSON Schema (zod 4 does), without transforms, custom types or dates.",
      cause,
    });
  }
}

/** A value held against a schema: what the schema gives, or what is wrong, a line each. */
export type Validated = { readonly value: unknown } | { readonly problems: readonly string[] };

export async function validate(schema: Schema, value: unknown): Promise<Validated> {
  const result = await schema["~standard"].validate(value);
  if (!result.issues) return { value: result.value };
  return {
    problems: result.issues.map(({ path, message }) => {
      const keys = (path ?? []).map((p) => String(typeof p === "object" ? p.key : p));
      return keys.length ? `${keys.join(".")}: ${message}` : message;
    }),
  };
}

/** An object schema made of schemas, field by field; fields it does not name are dropped. */
export function objectSchema(shape: Readonly<Record<string, Schema>>): Schema {
  const json = (side: "input" | "output") => () => {
    const properties = Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, jsonSchemaOf(schema, side)]));
    return { type: "object", properties, required: Object.keys(shape).filter((name) => !isOptional(shape[name]!)) };
  };
  return {
    "~standard": {
      version: 1,
      vendor: "troupe",
      jsonSchema: { input: json("input"), output: json("output") },
      async validate(value: unknown) {
        if (typeof value !== "object" || value === null || Array.isArray(value)) return { issues: [{ message: "expected an object" }] };
        const output: Record<string, unknown> = {};
        const issues: StandardSchemaV1.Issue[] = [];
        for (const [name, schema] of Object.entries(shape)) {
          const result = await schema["~standard"].validate((value as Record<string, unknown>)[name]);
          if (result.issues) issues.push(...result.issues.map((issue) => ({ ...issue, path: [name, ...(issue.path ?? [])] })));
          else if (result.value !== undefined) output[name] = result.value;
        }
        return issues.length ? { issues } : { value: output };
      },
    } as Schema["~standard"],
  };
}

/** A list of what a schema takes. */
export function listSchema(item: Schema): Schema {
  const json = (side: "input" | "output") => () => ({ type: "array", items: jsonSchemaOf(item, side) });
  return {
    "~standard": {
      version: 1,
      vendor: "troupe",
      jsonSchema: { input: json("input"), output: json("output") },
      async validate(value: unknown) {
        if (!Array.isArray(value)) return { issues: [{ message: "expected a list" }] };
        const results = await Promise.all(value.map((one) => item["~standard"].validate(one)));
        const issues = results.flatMap((r, i) => (r.issues ?? []).map((issue) => ({ ...issue, path: [i, ...(issue.path ?? [])] })));
        return issues.length ? { issues } : { value: results.map((r) => (r as { value: unknown }).value) };
      },
    } as Schema["~standard"],
  };
}

/** Whether a schema takes `undefined`: a field of it may be missing. Schemas that validate asynchronously count as required. */
export function isOptional(schema: Schema): boolean {
  const result = schema["~standard"].validate(undefined);
  return !(result instanceof Promise) && !result.issues;
}
