import { fileURLToPath } from "node:url";
import { formatIssue, readGraph } from "@troupe/core";
import { expect, test } from "vitest";

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const load = (module: string) => import(module);

test("all ten mistakes are named, each with its line", async () => {
  const { issues, graph } = await readGraph(file("graph.yaml"), { load });
  expect(graph?.name).toBe("claims");
  expect(issues.map(({ code, line }) => [line, code])).toEqual([
    [21, "output-unwritten"],
    [23, "race"],
    [25, "unknown-field"],
    [27, "field-type"],
    [36, "read-unwritten"],
    [37, "unreachable"],
    [40, "unknown-target"],
    [44, "missing-label"],
    [45, "missing-otherwise"],
    [49, "loop-missing"],
  ]);
  for (const issue of issues) expect(formatIssue(issue)).toMatch(/^line \d+, .+: .+ \[[a-z-]+\]$/);
});

test("the same graph without them has no issues", async () => {
  expect((await readGraph(file("fixed.yaml"), { load })).issues).toEqual([]);
});
