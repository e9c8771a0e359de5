import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const packages = new URL("../packages/", import.meta.url);
const page = readFileSync(new URL("errors.md", import.meta.url), "utf8");

/** The sources of every package, tests and simulations left out. */
const sources = ["core", "nodes", "cli"].flatMap((name) => {
  const folder = new URL(`${name}/src/`, packages);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => readFileSync(new URL(file, folder), "utf8"));
});

const found = (pattern: RegExp): string[] => [...new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map((m) => m[1]!)))].sort();
const told = (heading: string): string[] => {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading))!;
  return [...section.matchAll(/^\| `([^`]+)` \|/gm)].map((m) => m[1]!).sort();
};

test("every error code has its line, and every line its code", () => {
  const thrown = found(/(?:new TroupeError|new UsageError|failure|fault)\(\s*"([A-Z][A-Z_]+)"/g);
  expect(thrown.length).toBeGreaterThan(20);
  expect(told("Errors")).toEqual(thrown);
});

test("every issue code has its line, and every line its code", () => {
  const codes = found(/\bcode: "([a-z]+(?:-[a-z]+)*)"/g);
  expect(told("Issues")).toEqual(codes);
});
