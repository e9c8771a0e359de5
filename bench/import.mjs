// What importing costs: a fresh Node process each, taking turns, less what an empty process takes.
import { spawnSync } from "node:child_process";

const rounds = Number(process.env.ROUNDS ?? 15);
const sources = {
  "@troupe/core": 'await import("@troupe/core")',
  "@langchain/core/runnables": 'await import("@langchain/core/runnables")',
  zod: 'await import("zod")',
};
const script = (source) => `const t = performance.now(); ${source}; console.log(performance.now() - t)`;
const times = Object.fromEntries(Object.keys(sources).map((name) => [name, []]));
for (let round = -1; round < rounds; round++)
  for (const [name, source] of Object.entries(sources)) {
    const { stdout, stderr, status } = spawnSync(process.execPath, ["--input-type=module", "-e", script(source)], {
      cwd: import.meta.dirname,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(stderr);
    if (round >= 0) times[name].push(Number(stdout));
  }
const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const ms = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, Number(median(all).toFixed(1))]));
const share = ms["@troupe/core"] / ms["@langchain/core/runnables"];
console.log(`Import, median of ${rounds} fresh processes`);
console.table(Object.fromEntries(Object.entries(ms).map(([name, value]) => [name, { ms: value }])));
console.log(`@troupe/core takes ${share.toFixed(2)} of @langchain/core/runnables (bound: 0.35)`);
if (share > 0.35) process.exitCode = 1;
