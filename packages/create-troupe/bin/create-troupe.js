#!/usr/bin/env node
// Copies the template into a new folder and names the project after it. Plain Node: it runs before anything is installed.
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const usage = "Usage: npm create troupe my-app\nMakes the folder my-app with a small graph that runs.";
const read = (url) => JSON.parse(readFileSync(new URL(url, import.meta.url), "utf8"));

function fail(what, remedy) {
  console.error(`${what}\n${remedy}`);
  process.exit(2);
}

const args = process.argv.slice(2);
if (args.includes("--help") || args.includes("-h")) {
  console.log(usage);
  process.exit(0);
}
const [given, ...more] = args;
if (given === undefined || given.startsWith("-") || more.length) fail("One folder is needed, and nothing else.", usage);

const folder = resolve(given);
const name = basename(folder)
  .toLowerCase()
  .replace(/[^a-z0-9-]+/g, "-")
  .replace(/^-+|-+$/g, "");
if (name === "") fail(`No project can be named after ${given}.`, "Give a folder whose name has a letter or a digit.");
if (existsSync(folder) && readdirSync(folder).length) fail(`${given} is not empty.`, "Give another name, or empty it first.");

cpSync(fileURLToPath(new URL("../template", import.meta.url)), folder, { recursive: true });
// npm leaves files of this name out of what it packs.
renameSync(join(folder, "gitignore"), join(folder, ".gitignore"));
const { version } = read("../package.json");
const { dependencies, ...project } = read("../template/package.json");
// The packages are released together, in one version.
const own = Object.fromEntries(
  Object.entries(dependencies).map(([key, range]) => [key, key.startsWith("@troupe/") ? `^${version}` : range]),
);
writeFileSync(join(folder, "package.json"), `${JSON.stringify({ name, ...project, dependencies: own }, null, 2)}\n`);

const shown = /^[\w./-]+$/.test(given) ? given : `"${given}"`;
console.log(`Made ${folder}. Now:\n\n  cd ${shown}\n  npm install\n  npm start`);
