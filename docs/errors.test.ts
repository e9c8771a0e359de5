import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const page = readFileSync(new URL("errors.md", import.meta.url), "utf8");

/** The sources of every package, tests and fixtures left out. */
const sources = ["core", "weights", "nodes", "cli"].flatMap((name) => {
  const folder = new URL(`../packages/${name}/src/`, import.meta.url);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.ts$/.test(file) && !/\.(test|fixture)\.ts$|fixtures\//.test(file))
    .map((file) => readFileSync(new URL(file, folder), "utf8"));
});
const found = (...patterns: RegExp[]) => [
  ...new Set(sources.flatMap((text) => patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((m) => m[1]!)))),
];
const told = (heading: string) => {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading))!;
  return [...section.matchAll(/^\| `([^`]+)` \|/gm)].map((m) => m[1]!);
};

test("every error code has its line, and every line its code", () => {
  const thrown = found(
    /new TroupeError\(\s*"([A-Z_]+)"/g,
    /\bcode: "([A-Z_]+)"/g,
    /Error\("([A-Z]+_[A-Z_]+)"/g,
    /code !== "((?!ERR_|E[A-Z]+")[A-Z_]+)"/g,
  );
  expect(thrown.length).toBeGreaterThan(50);
  expect(told("Errors").sort()).toEqual(thrown.sort());
});

test("every issue code has its line, and every line its code", () => {
  const codes = found(/\bcode: "([a-z-]+)"/g, /"([a-z]+-[a-z-]+)",\s+(?:path|at|\[)/g);
  // A plan's arguments and outputs are checked by the same code.
  for (const what of ["argument", "output"]) codes.push(`unknown-${what}`, `missing-${what}`, `${what}-type`);
  expect(told("Issues").sort()).toEqual([...new Set(codes)].sort());
});
