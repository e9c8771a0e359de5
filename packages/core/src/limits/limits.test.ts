import { expect, test } from "vitest";
import { limitCrossed } from "./limit-crossed.js";
import { limitsOf } from "./limits.js";
import { trustOf } from "./trust.js";

test("what is not given has its default; what comes out is frozen", () => {
  expect(limitsOf({ pixels: 7, pages: Number.POSITIVE_INFINITY })).toMatchObject({
    pixels: 7,
    pages: Number.POSITIVE_INFINITY,
    seconds: 3600,
  });
  expect(limitsOf({ pixels: undefined as any }).pixels).toBeGreaterThan(0);
  expect(trustOf()).toEqual({ hosts: ["*"], folders: [process.cwd()], modules: [], keys: {} });
  expect(trustOf({ modules: ["./more", "pack"] }).modules).toEqual([`${process.cwd()}/more`, "pack"]);
  for (const one of [limitsOf(), trustOf(), trustOf().hosts, trustOf().keys]) expect(Object.isFrozen(one)).toBe(true);
});

test.each([
  [() => limitsOf({ pixel: 1 } as any), "limits.pixel"],
  [() => limitsOf({ pixels: "1" } as any), "limits.pixels"],
  [() => limitsOf({ pixels: 0 }), "limits.pixels"],
  [() => limitsOf({ pixels: Number.NaN }), "limits.pixels"],
  [() => limitsOf({ toString: 1 } as any), "limits.toString"],
  [() => trustOf({ host: ["a"] } as any), "trust.host"],
  [() => trustOf({ hosts: "a" } as any), "trust.hosts"],
  [() => trustOf({ hosts: ["https://example.org/"] }), "trust.hosts"],
  [() => trustOf({ folders: [""] }), "trust.folders"],
  [() => trustOf({ modules: [1] } as any), "trust.modules"],
  [() => trustOf({ keys: ["A"] } as any), "trust.keys"],
  [() => trustOf({ keys: { "https://a.org/v1": "A" } }), "trust.keys"],
  [() => trustOf({ keys: { "https://a.org": "sk-secret" } }), "trust.keys"],
])("an option that is unknown or ill-typed is refused by its name (%#)", (make, name) => {
  expect(make).toThrow(expect.objectContaining({ code: "OPTION_INVALID", what: expect.stringContaining(name), hint: expect.any(String) }));
});

test.each(["*", "example.org", "*.example.org", "localhost:8080", "10.0.0.7", "[::1]:80", "EXAMPLE.org"])("%s names hosts", (host) => {
  expect(trustOf({ hosts: [host] }).hosts).toEqual([host.toLowerCase()]);
});

test("an error that a limit was crossed names it, its value and how to raise it", () => {
  const error = limitCrossed("pixels", limitsOf(), "An image of 900,000,000 pixels", { file: "a.png" });
  expect(error.code).toBe("LIMIT_CROSSED");
  expect(error.message).toContain("An image of 900,000,000 pixels crosses limits.pixels, which is 50,000,000 (a.png)");
  expect(error.hint).toContain("limits: { pixels: … }");
});
