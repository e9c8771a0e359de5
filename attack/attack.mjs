// Hostile inputs, by kind, against the built packages; each case is bounded in time and memory, in a process apart from this one.
//   npm run attack                    every case
//   npm run attack -- --short         those that take moments
//   npm run attack -- --faults        puts known faults back in, one at a time, and demands that each is found
//   npm run attack -- texts media     only these kinds
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { failing, faults, withFault } from "./faults.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const kinds = readdirSync(new URL("cases/", import.meta.url))
  .filter((name) => name.endsWith(".mjs"))
  .map((name) => name.replace(".mjs", ""));

/** Seconds after which a case's process is killed. What it may take of a processor is said by the case, and is far less. */
const patience = 60;

/** Runs the cases of a kind, or those named, against the packages in a folder; gives what was found: `{ kind, name, what }`. */
export async function attack(kind, { packages = join(root, "packages"), short = false, only, tell = () => {} } = {}) {
  const { default: all } = await import(new URL(`cases/${kind}.mjs`, import.meta.url));
  let left = all.filter((one) => (only ? only.includes(one.name) : !short || one.short)).map(({ name }) => name);
  const findings = [];
  const found = (name, what) => {
    findings.push({ kind, name, what });
    tell(`✗ ${kind}: ${name}: ${what}`);
  };
  while (left.length) {
    const scratch = mkdtempSync(join(tmpdir(), "troupe-attack-"));
    const ended = await watch(kind, left, packages, scratch, (name, what) => {
      left = left.filter((one) => one !== name);
      if (what) found(name, what);
      else tell(`✓ ${kind}: ${name}`);
    });
    rmSync(scratch, { recursive: true, force: true });
    // The case that the process died of; the others go on in a new one.
    if (left.length) found(left.shift(), ended);
  }
  return findings;
}

/** One process that takes the cases in turn. Gives how it ended. */
function watch(kind, names, packages, scratch, done) {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ["--max-old-space-size=400", fileURLToPath(new URL("one-kind.mjs", import.meta.url)), kind, packages, scratch, ...names],
      { stdio: ["ignore", "ignore", "pipe", "ipc"], cwd: scratch, env: { ...process.env, NO_COLOR: "1" } },
    );
    let stderr = "";
    child.stderr.on("data", (data) => {
      stderr = `${stderr}${data}`.slice(-2000);
    });
    let timer;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => child.kill("SIGKILL"), patience * 1000);
    };
    wait();
    child.on("message", ({ name, what }) => {
      wait();
      done(name, what);
    });
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      const why = /heap out of memory|allocation failed/i.test(stderr) ? "took all memory" : stderr.trim().split("\n").at(-1);
      resolve(signal === "SIGKILL" ? `did not end within ${patience} s` : `ended the process (${code ?? signal}): ${why}`);
    });
  });
}

async function main(args) {
  const short = args.includes("--short");
  const named = args.filter((one) => !one.startsWith("--"));
  const known = args.includes("--faults") ? [...new Set(faults.map(({ kind }) => kind))] : kinds;
  const unknown = named.find((one) => !known.includes(one));
  if (unknown) {
    console.error(`There is no kind ${unknown}. There are ${known.join(", ")}.`);
    return 2;
  }
  if (args.includes("--faults")) {
    let missed = 0;
    const put = faults.filter(({ kind }) => !named.length || named.includes(kind));
    const spoilt = put.find(({ tests }) => tests);
    const [broken] = spoilt ? await failing({ ...spoilt, changes: [] }) : [];
    if (broken) {
      console.error(`Without any fault too, this fails: ${broken}`);
      return 1;
    }
    for (const fault of put) {
      const [found] = fault.tests
        ? await failing(fault)
        : (await withFault(fault, (packages) => attack(fault.kind, { packages, only: fault.cases }))).map(
            ({ name, what }) => `${name}: ${what}`,
          );
      if (!found) missed++;
      console.log(`${found ? "✓ found" : "✗ missed"}: ${fault.name}${found ? ` (${found})` : ""}`);
    }
    console.log(`${put.length} faults, ${missed} missed`);
    return missed ? 1 : 0;
  }
  const findings = [];
  for (const kind of named.length ? named : kinds) findings.push(...(await attack(kind, { short, tell: (line) => console.log(line) })));
  console.log(`${findings.length} findings`);
  return findings.length ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main(process.argv.slice(2));
