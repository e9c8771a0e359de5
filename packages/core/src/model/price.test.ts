import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { sumUsage } from "../host/live.js";
import type { Model, ModelCard } from "./model.js";
import { costOf, type Price } from "./price.js";
import { tokensTold } from "./tokens-told.js";
import { usageOf } from "./usage.js";

const price: Price = { input: 2, cached: 0.5, output: 10, upTo: 1000, source: "a contract", asOf: "2026-11-20" };
const card = { kind: "chat", context: 2000, modalities: ["text"], tools: true, structured: "none", local: false } as const;
const named = (id: string, more: Partial<ModelCard>): Model => ({ id, card: { ...card, ...more }, load: async () => undefined });
const priced = named("openai:priced", { price });
const unpriced = named("openai:unpriced", {});
const here = named("ollama:here", { local: true });

describe("what tokens cost", () => {
  it("is told by the card, with what was cached at its own price", () => {
    expect(costOf(priced.card, { input: 100, output: 20 })).toBeCloseTo(0.0004, 10);
    expect(costOf(priced.card, { input: 100, cached: 40, output: 20 })).toBeCloseTo((60 * 2 + 40 * 0.5 + 200) / 1e6, 10);
    expect(costOf({ ...card, price: { ...price, cached: undefined } as unknown as Price }, { input: 100, cached: 40, output: 0 })).toBe(
      0.0002,
    );
  });

  it("is nothing on this machine, and elsewhere not known without a price", () => {
    expect(costOf(here.card, { input: 100, output: 20 })).toBe(0);
    expect(costOf(unpriced.card, { input: 100, output: 20 })).toBeUndefined();
  });

  it.each([
    ["a card without a price", unpriced, { input: 100, output: 20 }],
    ["a server that tells no tokens", priced, { input: 0, output: 20 }],
    ["more than the price is for", priced, { input: 1001, output: 20 }],
  ])("is said not to be known: %s", (_, model, tokens) => {
    expect(usageOf(model, { ...tokens, ms: 5 })).toEqual({ model: model.id, calls: 1, ...tokens, ms: 5, cost: 0, unpriced: 1 });
  });

  it("is what LangChain's message tells", () => {
    const usage_metadata = { input_tokens: 100, output_tokens: 20, total_tokens: 120, input_token_details: { cache_read: 64 } };
    expect(tokensTold({ usage_metadata })).toEqual({ input: 100, output: 20, cached: 64 });
    expect(tokensTold(undefined)).toEqual({ input: 0, output: 0, cached: 0 });
  });
});

test("calls add up, each by its own price, and none is lost", () => {
  const call = fc.tuple(fc.constantFrom(priced, unpriced, here), fc.record({ input: fc.nat(2000), output: fc.nat(2000), ms: fc.nat(100) }));
  fc.assert(
    fc.property(fc.array(call), (calls) => {
      const all = calls.map(([model, took]) => usageOf(model, took));
      const sums = sumUsage(all);
      const of = (key: "calls" | "input" | "output" | "ms" | "unpriced", usages: typeof all) =>
        usages.reduce((sum, one) => sum + (one[key] ?? 0), 0);
      for (const key of ["calls", "input", "output", "ms", "unpriced"] as const) expect(of(key, sums)).toBe(of(key, all));
      expect(sums.reduce((sum, { cost }) => sum + cost, 0)).toBeCloseTo(
        calls.reduce(
          (sum, [model, { input, output }]) => sum + (model === priced && input > 0 && input <= 1000 ? (input * 2 + output * 10) / 1e6 : 0),
          0,
        ),
        10,
      );
    }),
  );
});
