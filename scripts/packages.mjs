// The packages as they would be published: packed once each, then held by publint (what package.json promises is there) and
// attw (types are found, and say the same as the code). Plain Node; by hand: node scripts/packages.mjs, after a build.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { bin, root, startable } from "./set-up.mjs";

const execute = promisify(execFile);
const exec = (program, given) => {
  const { command, args, shell } = startable(program, given);
  return execute(command, args, { cwd: root, shell });
};

/** Prints a line a package; gives the number of packages that have something wrong. */
export async function checkPackages(names = ["core", "weights", "nodes", "cli", "create-troupe"]) {
  const folder = await mkdtemp(join(tmpdir(), "troupe-packages-"));
  try {
    const findings = await Promise.all(names.map((name) => check(join(root, "packages", name), folder)));
    for (const [i, problems] of findings.entries()) {
      console.log(`${names[i]}: ${problems.length ? "not fit to publish" : "fit to publish (publint, attw)"}`);
      for (const problem of problems) console.log(problem.replace(/^/gm, "  "));
    }
    return findings.filter((problems) => problems.length).length;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What is wrong with one package, as its checker says it. */
async function check(path, folder) {
  let tarball;
  try {
    const { stdout } = await exec("npm", ["pack", path, "--json", "--ignore-scripts", "--pack-destination", folder]);
    tarball = join(folder, JSON.parse(stdout)[0].filename);
  } catch (error) {
    return [said(error)];
  }
  // The packages are ESM only, so that what `require` and older resolutions find is nobody's loss.
  const results = await Promise.allSettled([
    exec(bin("publint"), [tarball, "--strict"]),
    // A package that is only a command has no types to find.
    path.endsWith("create-troupe") ||
      exec(bin("attw"), [tarball, "--profile", "esm-only", "--format", "ascii", "--no-color", "--no-emoji"]),
  ]);
  return results.flatMap((result) => (result.status === "fulfilled" ? [] : [said(result.reason)]));
}

const said = ({ stdout = "", stderr = "", message }) => `${stdout}${stderr}`.trim() || message;

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = (await checkPackages()) ? 1 : 0;
