import { spawnSync } from "node:child_process";
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { check, compile, memoryJournal, readGraph } from "@troupe/core";
import { defaultModels } from "@troupe/nodes";
import { expect, test } from "vitest";
import { facts, given } from "./facts.fixture.js";
import * as report from "./report.js";

const folder = fileURLToPath(new URL(".", import.meta.url));
const troupe = fileURLToPath(new URL("../../packages/cli/bin/troupe.js", import.meta.url));

test("the team's plan is saved as a graph that needs no planner and finds the same facts", async () => {
  const name = `saved-plan-${process.pid}.json`;
  try {
    const saved = spawnSync(process.execPath, [troupe, "plan", "report.ts", "--save", name], { cwd: folder, encoding: "utf8" });
    expect(saved).toMatchObject({ status: 0, stdout: expect.stringContaining("text = [t1.text, input.note]") });
    const core = await import("@troupe/core");
    const load = async (module: string) => (module === "@troupe/core" ? core : report);
    const { graph, issues } = await readGraph(`${folder}/${name}`, { load: load as never, trust: { modules: ["@troupe/core"] } });
    expect(issues).toEqual([]);
    expect(check(graph!)).toEqual([]);
    const found: any = await compile(graph!, { models: defaultModels(), journal: memoryJournal() }).invoke(given);
    expect(found).toMatchObject({ merchant: facts.receipt.merchant, total: Number(facts.receipt.total), site: facts.note.site });
    expect(found.summary).toMatch(new RegExp(facts.memo.problem, "i"));
  } finally {
    await rm(`${folder}/${name}`, { force: true });
  }
}, 600_000);
