import { type Graph, planFor, type Specialist } from "@troupe/core";
import { embeddings } from "@troupe/nodes";
import { expect, test } from "vitest";
import report from "./field-report/report.js";
import intake from "./intake/intake.js";
import { repo } from "./repo/repo.js";

const teamOf = ({ nodes }: Graph): Specialist =>
  Object.values(nodes)
    .map((node) => node.specialist as Specialist)
    .find((one) => one?.team)!;

test.each([
  ["field-report", teamOf(report)],
  ["intake", intake as unknown as Specialist],
  ["repo", teamOf(repo({ command: "none", args: [] }))],
] as const)("the derived plan of %s is sure, with embeddings and without", async (_, desk) => {
  const bound = await embeddings("llamacpp:minilm").load();
  for (const embedder of [bound, undefined]) {
    const ctx = {
      progress: () => {},
      model: (role: string) => (role === "embeddings" ? embedder : undefined),
      embed: (texts: readonly string[]) => bound.embedDocuments([...texts]),
    };
    const { by, guesses, plan } = await planFor(desk, undefined, ctx as any);
    expect([by, guesses]).toEqual(["typed", undefined]);
    expect(plan.tasks.length).toBeGreaterThan(1);
  }
});
