// The first command of the README: sets up, then runs the flagship. What follows `npm start --` goes to `troupe run`.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { bin, install, root, run } from "./install.mjs";

install();
run(bin("turbo"), ["run", "build", "--output-logs=errors-only", "--log-order=grouped"]);

mkdirSync(`${root}/.troupe`, { recursive: true });
const inputs = "examples/field-report/inputs";
const { status } = spawnSync(
  process.execPath,
  [
    "packages/cli/bin/troupe.js",
    "run",
    "examples/field-report/report.ts",
    ...["--input", `memo=${inputs}/memo.wav`, "--input", `receipt=${inputs}/receipt.png`, "--input", `note=@${inputs}/note.txt`],
    ...["--out", ".troupe/field-report.json"],
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: "inherit" },
);
process.exit(status ?? 1);
