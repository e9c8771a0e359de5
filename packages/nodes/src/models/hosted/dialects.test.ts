import type { JsonSchema } from "@troupe/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { model } from "../model.js";
import { hostedCards } from "./cards.js";
import { claudeSchema } from "./claude/claude-schema.js";
import { geminiSchema } from "./gemini/gemini-schema.js";

const json = (schema: z.ZodType): JsonSchema => z.toJSONSchema(schema, { target: "draft-2020-12" }) as JsonSchema;
const tree: z.ZodType = z.object({ name: z.string(), children: z.array(z.lazy((): z.ZodType => tree)) });

describe("a schema in the provider's words", () => {
  it("has no constant, record or pair of types for Gemini", () => {
    const schema = z.object({
      kind: z.literal("a"),
      size: z.union([z.literal(1), z.literal(2)]),
      note: z.string().nullable(),
      way: z.union([z.object({ ref: z.string() }), z.number()]),
    });
    expect(geminiSchema(json(schema))).toEqual({
      type: "object",
      required: ["kind", "size", "note", "way"],
      properties: {
        kind: { type: "string", enum: ["a"] },
        size: { anyOf: [{ type: "integer" }, { type: "integer" }] },
        note: { type: "string", nullable: true },
        way: { anyOf: [{ type: "object", required: ["ref"], properties: { ref: { type: "string" } } }, { type: "number" }] },
      },
    });
  });

  it("keeps every kind of labels that stand side by side for Gemini", () => {
    const schema: JsonSchema = {
      type: "object",
      required: ["volume", "way", "deck"],
      properties: {
        volume: { enum: ["auto", 1, 2, null] },
        way: { type: ["string", "null"], enum: ["sea", "air", null] },
        deck: { oneOf: [{ const: "upper" }, { type: "integer" }] },
      },
    };
    expect(geminiSchema(schema)!.properties).toEqual({
      volume: { anyOf: [{ type: "string", enum: ["auto"] }, { type: "integer" }], nullable: true },
      way: { type: "string", enum: ["sea", "air"], nullable: true },
      deck: { anyOf: [{ type: "string", enum: ["upper"] }, { type: "integer" }] },
    });
  });

  it("has no bounds and closed objects only for Claude", () => {
    const schema = z.object({ tags: z.array(z.string().max(9)).min(2).max(3), rooms: z.int().min(1).max(9).optional() });
    expect(claudeSchema(json(schema))).toEqual({
      type: "object",
      additionalProperties: false,
      required: ["tags"],
      properties: { tags: { type: "array", items: { type: "string" } }, rooms: { type: "integer" } },
    });
  });

  it.each<[string, z.ZodType]>([
    ["refers to itself", tree],
    ["has names that are not known", z.object({ counts: z.record(z.string(), z.number()) })],
    ["holds anything", z.object({ any: z.unknown() })],
    ["says what stands at which place", z.object({ pair: z.tuple([z.string(), z.number()]) })],
  ])("is not said at all where it %s: the prompt tells it", (_, schema) => {
    expect(geminiSchema(json(schema))).toBeUndefined();
    expect(claudeSchema(json(schema))).toBeUndefined();
  });
});

describe("what a provider's own server is asked", () => {
  const env = { ...process.env };
  let asked: any[];
  beforeEach(() => {
    process.env = { ...env, OPENAI_API_KEY: "k", ANTHROPIC_API_KEY: "k" };
    delete process.env.OPENAI_BASE_URL;
    asked = [];
    vi.stubGlobal("fetch", async (_: unknown, init: RequestInit) => {
      asked.push(JSON.parse(String(init.body)));
      return new Response("{}", { status: 404 });
    });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    process.env = { ...env };
  });

  it.each(["gpt-4o", "gpt-6-sol"])("is bounded in OpenAI's newer word: %s", async (name) => {
    const chat: any = await model(`openai:${name}`).load();
    chat.completions.maxTokens = 50;
    for (const one of [chat, chat.bindTools([])]) await one.invoke("hello").catch(() => undefined);
    expect(asked).toHaveLength(2);
    expect(asked[0]).toMatchObject({ max_completion_tokens: 50 });
    for (const body of asked) expect(body).not.toHaveProperty("max_tokens");
  });
});

it("every price names who says so, and when", () => {
  for (const card of Object.values(hostedCards)) {
    expect(card.price!.source).toMatch(/^https:/);
    expect(card.price!.asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
  }
});
