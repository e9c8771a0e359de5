// The first command of the README: sets up, then runs the flagship. What follows `npm start --` goes to `troupe run`.
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { bin, install, root, run } from "./install.mjs";

install();
run(bin("turbo"), ["run", "build", "--output-logs=errors-only", "--log-order=grouped"]);

mkdirSync(`${root}/.troupe`, { recursive: true });
const inputs = "examples/field-report/inputs";
const child = spawn(
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
// A terminal's Ctrl-C reaches the run itself, which stops cleanly and says how to go on; this process waits for it.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("close", (code) => process.exit(code ?? 1));
