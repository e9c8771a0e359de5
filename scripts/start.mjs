// The first command of the README: sets up, then runs the flagship. What follows `npm start --` goes to `troupe run`.
import { mkdirSync } from "node:fs";
import { root, setUp } from "./set-up.mjs";

await setUp();

process.chdir(root);
mkdirSync(".troupe", { recursive: true });
const inputs = "examples/field-report/inputs";
// In this process, so that whoever stops it stops the run.
process.argv.splice(
  2,
  0,
  "run",
  "examples/field-report/report.ts",
  ...["--input", `memo=${inputs}/memo.wav`, "--input", `receipt=${inputs}/receipt.png`, "--input", `note=@${inputs}/note.txt`],
  ...["--out", ".troupe/field-report.json"],
);
await import("../packages/cli/bin/troupe.js");
