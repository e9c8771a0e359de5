// The process that is attacked: takes the cases named, in turn, and tells what each one found.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [kind, packages, scratch, ...names] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(join(packages, name, "dist", "index.js")).href);
const { default: cases } = await import(`./cases/${kind}.mjs`);
const given = {
  core: await load("core"),
  nodes: await load("nodes"),
  /** The command line. */
  bin: join(packages, "cli", "bin", "troupe.js"),
  /** An empty folder. */
  scratch,
};

/** Megabytes that a case may add to what the process holds. */
const room = 300;

for (const name of names) {
  const { run, seconds = 3 } = cases.find((one) => one.name === name);
  const [before, held] = [process.cpuUsage(), process.memoryUsage.rss()];
  let what = await Promise.resolve()
    .then(() => run(given))
    .catch((error) => `an unexpected error: ${error?.stack ?? error}`);
  const { user, system } = process.cpuUsage(before);
  const took = (user + system) / 1e6;
  const more = (process.memoryUsage.rss() - held) / 2 ** 20;
  if (!what && took > seconds) what = `took ${took.toFixed(1)} s of processor time, more than ${seconds}`;
  if (!what && more > room) what = `took ${more.toFixed(0)} MB, more than ${room}`;
  await new Promise((sent) => process.send({ name, what: what || undefined }, sent));
}
process.disconnect();
process.exit(0);
