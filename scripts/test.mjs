// The second command of the README: sets up, then holds the code against every gate, the tests last.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { checkPackages } from "./packages.mjs";
import { bin, root, run, setUp, startable } from "./set-up.mjs";

await setUp();
run(bin("biome"), ["check", "--diagnostic-level=error", "."]);
// Both have a bin of the same name, so each is named by its place.
for (const compiler of ["typescript", "typescript-7"]) run(process.execPath, [`node_modules/${compiler}/bin/tsc`, "-p", "tsconfig.json"]);
run(bin("depcruise"), [
  "--config",
  ".dependency-cruiser.cjs",
  "packages/core/src",
  "packages/weights/src",
  "packages/nodes/src",
  "packages/cli/src",
]);
if (await checkPackages()) process.exit(1);

const report = `${root}/node_modules/.troupe-tests.json`;
rmSync(report, { force: true });
const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
const { command, args, shell } = startable(bin("vitest"), ["run", ...reporters, ...process.argv.slice(2)]);
const { status } = spawnSync(command, args, { cwd: root, shell, stdio: "inherit" });
const { numPassedTests, numFailedTests, numFailedTestSuites, testResults } = JSON.parse(readFileSync(report, "utf8"));
// Suites that cannot run here say why in their titles.
const titles = testResults.flatMap(({ assertionResults }) => assertionResults.map(({ fullName }) => fullName));
const reasons = titles.flatMap((title) => /\(skipped: (.+?)\)(?: |$)/.exec(title)?.[1] ?? []);
for (const reason of new Set(reasons)) console.log(`${reasons.filter((one) => one === reason).length} skipped: ${reason}`);
const failed = numFailedTests || (status === 0 ? 0 : Math.max(1, numFailedTestSuites));
console.log(`${numPassedTests} passed, ${failed} failed`);
process.exit(failed || numPassedTests === 0 ? 1 : 0);
