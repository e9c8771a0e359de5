// Several benchmarks, one after another, each pair in one run: those that are named, else engine, import and types. Each can be run by itself too.
import { spawnSync } from "node:child_process";

for (const name of process.argv.slice(2).length ? process.argv.slice(2) : ["engine", "import", "types"]) {
  const { status } = spawnSync(process.execPath, [`${import.meta.dirname}/${name}.mjs`], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
