// What the type checker spends on graphs of several sizes: instantiations and seconds, less those of a graph of one node.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** A graph with renames, labels, conditions and loops in it, as people write them. */
function source(count) {
  const names = Array.from({ length: count }, (_, i) => `n${i}`);
  const next = (i) => (i + 1 < count ? `"n${i + 1}"` : "END");
  const edge = (i) =>
    [
      next(i),
      `[{ when: { score${i}: { lt: 0.5 } }, to: ${next(i)} }, { otherwise: END }]`,
      `{ by: "topic", to: { billing: ${next(i)}, bug: END } }`,
      `[{ when: { topic: "bug", score${i}: { gte: 0.2 } }, to: END }, { otherwise: ${next(i)} }]`,
    ][i % 4];
  return `
import { defineGraph, END, specialist, use } from "@troupe/core";
import { z } from "zod";
const step = specialist({
  name: "step", does: "Steps",
  input: z.object({ text: z.string(), topic: z.enum(["billing", "bug"]) }),
  output: z.object({ score: z.number() }),
  run: ({ text }) => ({ score: text.length }),
});
export const graph = defineGraph({
  name: "large",
  state: { ticket: z.string(), topic: z.enum(["billing", "bug"]), ${names.map((_, i) => `score${i}: z.number()`).join(", ")} },
  input: ["ticket", "topic"], output: ["score0"],
  nodes: { ${names.map((name, i) => `${name}: use(step, { read: { text: "ticket" }, write: { score: "score${i}" } })`).join(",\n")} },
  start: "n0",
  edges: { ${names.map((name, i) => `${name}: ${edge(i)}`).join(",\n")} },
});
`;
}

function measure(compiler, count) {
  const folder = mkdtempSync(`${root}bench/.types-`);
  try {
    writeFileSync(`${folder}/graph.ts`, source(count));
    writeFileSync(
      `${folder}/tsconfig.json`,
      JSON.stringify({ extends: "../../tsconfig.base.json", compilerOptions: { noEmit: true }, files: ["graph.ts"] }),
    );
    const { stdout, status } = spawnSync(
      process.execPath,
      [`${root}node_modules/${compiler}/bin/tsc`, "-p", folder, "--extendedDiagnostics"],
      {
        encoding: "utf8",
      },
    );
    if (status !== 0) throw new Error(stdout);
    const figure = (name) => Number(new RegExp(`^${name}:\\s+([\\d.]+)`, "m").exec(stdout)[1]);
    return { instantiations: figure("Instantiations"), seconds: figure("Check time") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

for (const compiler of ["typescript", "typescript-7"]) {
  const base = measure(compiler, 1);
  const table = {};
  for (const count of [50, 200, 400]) {
    const { instantiations, seconds } = measure(compiler, count);
    table[`${count} nodes`] = {
      instantiations: instantiations - base.instantiations,
      "a node": Math.round((instantiations - base.instantiations) / (count - 1)),
      "check (s)": Number((seconds - base.seconds).toFixed(2)),
    };
  }
  const { version } = JSON.parse(readFileSync(`${root}node_modules/${compiler}/package.json`, "utf8"));
  console.log(
    `TypeScript ${version}, less a graph of one node (${base.instantiations} instantiations, ${base.seconds} s, mostly zod's and LangChain's)`,
  );
  console.table(table);
}
