// The first command of the README: sets up, then runs the flagship. What follows `npm start --` goes to `troupe run`; inputs named there
// take the place of the samples.
import { root, setUp } from "./set-up.mjs";

await setUp();

process.chdir(root);
const inputs = "examples/field-report/inputs";
const samples = [`memo=${inputs}/memo.wav`, `receipt=${inputs}/receipt.png`, `note=@${inputs}/note.txt`];
const told = process.argv.slice(2).map((one) => one.replace(/^--input=/, ""));
const isTold = (flag) => told.some((one) => one.startsWith(flag));
// In this process, so that whoever stops it stops the run.
process.argv.splice(
  2,
  0,
  "run",
  "examples/field-report/report.ts",
  ...samples.filter((one) => !isTold(one.slice(0, one.indexOf("=") + 1))).flatMap((one) => ["--input", one]),
  ...(isTold("--out") ? [] : ["--out", ".troupe/field-report.json"]),
);
await import("../packages/cli/bin/troupe.js");
