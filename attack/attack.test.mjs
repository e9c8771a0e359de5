import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { attack } from "./attack.mjs";
import { faults } from "./faults.mjs";

const kinds = readdirSync(new URL("cases/", import.meta.url)).map((name) => name.replace(".mjs", ""));

test.each(kinds)("the short attack with %s finds nothing", { timeout: 600_000 }, async (kind) => {
  expect(await attack(kind, { short: true })).toEqual([]);
});

test("there are ten faults or more, each fits the code it spoils, and its cases or tests are there", async () => {
  expect(faults.length).toBeGreaterThanOrEqual(10);
  for (const { name, kind, cases, tests, file, changes } of faults) {
    const url = new URL(`../${file}`, import.meta.url);
    expect(existsSync(url), file).toBe(true);
    for (const [from] of changes) expect(readFileSync(url, "utf8"), name).toContain(from);
    for (const one of tests ?? []) expect(existsSync(new URL(`../${one}`, import.meta.url)), one).toBe(true);
    if (tests) continue;
    const { default: all } = await import(`./cases/${kind}.mjs`);
    for (const one of cases) expect(all.map((it) => it.name)).toContain(one);
  }
});
