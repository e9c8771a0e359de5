import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("importing makes no patterns, no formats and no tables: they are made when they are first asked for", async () => {
  const made: string[] = [];
  const construct = (target: RegExpConstructor, args: [string, string]) => {
    made.push(`a pattern: ${args[0]}`);
    return new target(...args);
  };
  const get = (target: typeof Intl, key: string) => {
    made.push(`Intl.${key}`);
    return Reflect.get(target, key);
  };
  vi.stubGlobal("RegExp", new Proxy(RegExp, { construct }));
  vi.stubGlobal("Intl", new Proxy(Intl, { get: get as ProxyHandler<typeof Intl>["get"] & {} }));
  const sorted = vi.spyOn(Array.prototype, "sort");
  await Promise.all([import("./derive/derive.js"), import("./words/from-words.js")]);
  expect(made).toEqual([]);
  expect(sorted.mock.contexts.filter((one) => (one as unknown as readonly unknown[]).length > 100)).toEqual([]);
});
