import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { limitsOf } from "../packages/core/src/limits/limits.js";

test("SECURITY.md names every limit, with its default", () => {
  const page = readFileSync(new URL("../SECURITY.md", import.meta.url), "utf8");
  const told = [...page.matchAll(/^\| `(\w+)` \| ([\d,]+) \|/gm)].map(([, name, value]) => [name, Number(value!.replaceAll(",", ""))]);
  expect(Object.fromEntries(told)).toEqual(limitsOf());
});
