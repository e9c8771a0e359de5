#!/usr/bin/env node
// Copies the template into a new folder and names the project after it. Plain Node: it runs before anything is installed.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const usage = "Usage: npm create troupe my-app\nMakes the folder my-app with a small graph that runs.";
const template = fileURLToPath(new URL("../template", import.meta.url));
const read = (url) => JSON.parse(readFileSync(new URL(url, import.meta.url), "utf8"));

function fail(what, remedy) {
  console.error(`${what}\n${remedy}`);
  process.exit(2);
}

/** Makes a folder, and those it lies in; Node's own way tries for ever where a system (/proc) says of a folder that what it lies in is missing. */
function make(folder) {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  if (!existsSync(dirname(folder))) make(dirname(folder));
  mkdirSync(folder);
}

const args = process.argv.slice(2);
if (args.includes("--help") || args.includes("-h")) {
  console.log(usage);
  process.exit(0);
}
const [given, ...more] = args;
if (!given || given.startsWith("-") || more.length) fail("One folder is needed, and nothing else.", usage);

const folder = resolve(given);
const name = basename(folder)
  // ü as u, whose dots stand apart then.
  .normalize("NFKD")
  .replace(/\p{M}+/gu, "")
  .toLowerCase()
  .replace(/[^a-z0-9-]+/g, "-")
  // The longest name that npm takes.
  .slice(0, 214)
  .replace(/^-+|-+$/g, "");
if (name === "") fail(`No project can be named after ${given}.`, "Give a folder whose name has a letter from a to z or a digit.");

try {
  make(folder);
  // What git keeps of a repository that was just begun is nothing of the project's.
  if (readdirSync(folder).some((one) => one !== ".git")) fail(`${given} is not empty.`, "Give another name, or empty it first.");
  for (const one of readdirSync(template)) {
    // npm leaves files of this name out of what it packs.
    cpSync(join(template, one), join(folder, one === "gitignore" ? ".gitignore" : one), { recursive: true });
  }
  const { version } = read("../package.json");
  const { dependencies, ...project } = read("../template/package.json");
  // The packages are released together, in one version.
  const own = Object.fromEntries(
    Object.entries(dependencies).map(([key, range]) => [key, key.startsWith("@troupe/") ? `^${version}` : range]),
  );
  writeFileSync(join(folder, "package.json"), `${JSON.stringify({ name, ...project, dependencies: own }, null, 2)}\n`);
} catch ({ code, message }) {
  const whys = { EEXIST: "there is a file of that name", ENOTDIR: "a part of that path is a file", ENAMETOOLONG: "the name is too long" };
  fail(`${given} could not be made: ${whys[code] ?? message}.`, "Give a name that is free, in a folder that you may write to.");
}

/** A name as a shell takes it, which reads `$` and the like within other quotes; names on Windows have no quotes. */
const quoted = process.platform === "win32" ? `"${given}"` : `'${given.replaceAll("'", "'\\''")}'`;
console.log(`Made ${folder}. Now:\n\n  cd ${/^[\w./-]+$/.test(given) ? given : quoted}\n  npm install\n  npm start`);
