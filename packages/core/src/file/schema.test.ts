import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { misfits } from "../schema/misfits.js";
import { type Random, random } from "../testing/random.js";
import { readGraph } from "./read-graph.js";

const at = (path: string) => new URL(`../../../../${path}`, import.meta.url);
const schema = JSON.parse(readFileSync(at("packages/core/schema/graph.schema.json"), "utf8"));
const valid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
const content = (name: string) => parse(readFileSync(at(`examples/broken/${name}`), "utf8"));

test("the published schema takes graphs that have the right shape", () => {
  expect(valid(content("fixed.yaml"))).toBe(true);
  expect(valid(content("graph.yaml"))).toBe(true);
});

/** Something in a JSON value, changed: dropped, renamed, or put in place of something else. */
function mangle(value: any, r: Random): unknown {
  if (typeof value !== "object" || value === null || r.chance(0.1)) return r.pick([null, 7, "x", [], {}, ["a", 1], { to: "a" }, value]);
  const keys = Object.keys(value);
  if (keys.length === 0) return { extra: 1 };
  const key = r.pick(keys);
  if (Array.isArray(value)) return value.map((item, i) => (String(i) === key ? mangle(item, r) : item));
  const { [key]: old, ...rest } = value;
  const way = r.int(6);
  return way === 0 ? rest : way === 1 ? { ...rest, [`${key}s`]: old } : { ...rest, [key]: mangle(old, r) };
}

test("what it refuses is what reading refuses, and whatever a file holds, reading it ends in issues with lines", async () => {
  const load = async () => ({});
  const tally = { taken: 0, refused: 0 };
  for (let seed = 1; seed <= 1500; seed++) {
    const mangled = mangle(content("fixed.yaml"), random(seed));
    const right = valid(mangled);
    tally[right ? "taken" : "refused"]++;
    expect([seed, misfits(schema, mangled).length === 0]).toEqual([seed, right]);
    if (seed % 5) continue;
    const { issues } = await readGraph({ text: JSON.stringify(mangled, null, 1) }, { load });
    expect(issues.some(({ code }) => code === "file-shape")).toBe(!right);
    for (const { line } of issues) expect(line).toBeGreaterThan(0);
  }
  expect(Math.min(tally.taken, tally.refused)).toBeGreaterThan(300);
});
