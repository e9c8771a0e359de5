// Kills real processes with SIGKILL at random points of real runs on a journal in a file, and goes on with each run until it is done:
// nothing that was heard may be lost, nothing finished done again, and the result is that of a run nobody killed.
//   npm run build && node attack/kill.mjs [KILLS] [SEED]
import { fork } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { compile, fileJournal, memoryJournal } from "@troupe/core";
import { countsOf } from "./counts.mjs";
import { findings, outcomes } from "./kill/findings.mjs";
import { graphOf } from "./kill/graph.mjs";
import { random } from "./kill/random.mjs";

const program = fileURLToPath(new URL("./kill/program.mjs", import.meta.url));

/** So many runs are killed at a time. */
const side = 2;
/** One run is killed at most so often, drawn for each. */
const most = 12;
/** Ms after which a process is killed, from one of these downwards: soon after it began, or late. */
const spans = [5, 30, 150];
/** Share of the kills that come before a process has begun anything: while it loads, and opens the journal. */
const early = 0.1;
const loading = 250;

/** Kills so often, counted over all runs. Gives what was found wrong, and how much was done meanwhile. */
export async function killed(kills, { seed = 1, tell = () => {} } = {}) {
  const all = { kills: 0, runs: 0, records: 0, effects: 0, findings: [] };
  let next = seed * 10_000;
  const one = async () => {
    while (all.kills < kills) {
      const graph = next++;
      const { found, ...counts } = await killedRun(graph, {
        enough: () => all.kills >= kills,
        hit: () => all.kills++,
      });
      all.runs++;
      all.records += counts.records;
      all.effects += counts.effects;
      all.findings.push(...found.map((what) => `graph ${graph}: ${what}`));
      tell({ graph, found, kills: all.kills });
    }
  };
  await Promise.all(Array.from({ length: side }, one));
  return all;
}

/** One run; `hit` is called for each kill. */
async function killedRun(seed, { enough, hit }) {
  const folder = mkdtempSync(join(tmpdir(), "troupe-kill-"));
  const r = random(seed);
  try {
    let output;
    let kills = 0;
    let processes = 0;
    const bearing = 1 + r.int(most);
    while (output === undefined) {
      const kill =
        kills < bearing && !enough() ? { early: r.next() < early, ms: r.next() * r.pick(spans), loading: r.next() * loading } : undefined;
      const ended = await ran([folder, seed, processes++], kill);
      if (ended.failed) return { records: 0, effects: 0, found: [`a process failed: ${ended.failed}`] };
      if (!ended.killed) output = ended.output;
      else {
        kills++;
        hit();
      }
    }
    const lines = readFileSync(join(folder, "log"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const journal = fileJournal(join(folder, "journal.db"));
    const entries = await journal.read("t");
    await journal.close();
    const found = findings({ lines, entries, output, expected: await undisturbed(seed) });
    return { records: entries.length, effects: lines.filter(({ kind }) => kind === "effect").length, found };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One process, to its end or until it is killed. */
function ran(args, kill) {
  return new Promise((resolve) => {
    const child = fork(program, args.map(String), { stdio: ["ignore", "ignore", "pipe", "ipc"] });
    let output;
    let stderr = "";
    let timer;
    const killIn = (ms) => {
      timer = setTimeout(() => child.kill("SIGKILL"), ms);
    };
    if (kill?.early) killIn(kill.loading);
    child.stderr.on("data", (data) => {
      stderr += data;
    });
    child.on("message", (message) => {
      if (message === "begun" && kill && !kill.early) killIn(kill.ms);
      else if (message !== "begun") ({ output } = message);
    });
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      if (signal === "SIGKILL") resolve({ killed: true });
      else if (code === 0) resolve({ output });
      else resolve({ failed: `${code ?? signal}: ${stderr.trim()}` });
    });
  });
}

/** What the run gives when nobody kills it. */
async function undisturbed(seed) {
  const journal = memoryJournal();
  const app = compile(graphOf(seed, { at: () => turn(), chance: random(seed).next }), { journal });
  const output = await app.invoke({ seed }, { thread: "t" });
  return { output, outcomes: outcomes(await journal.read("t")) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [kills, seed] = countsOf(process.argv.slice(2), { KILLS: 1000, SEED: 1 });
  const began = performance.now();
  const all = await killed(kills, {
    seed,
    tell: ({ found, graph, kills }) => {
      for (const what of found) console.log(`✗ graph ${graph}: ${what}`);
      if (process.stdout.isTTY) process.stdout.write(`\r${kills} kills`);
    },
  });
  const kinds = ["lost", "again", "other", "a process failed"].map(
    (kind) => `${all.findings.filter((one) => one.includes(`: ${kind}`)).length} ${kind}`,
  );
  console.log(
    `${all.kills} kills of ${all.runs} runs in ${Math.round((performance.now() - began) / 1000)} s, seed ${seed}: ${all.records} records, ${all.effects} effects; ${kinds.join(", ")}`,
  );
  if (all.findings.length) process.exitCode = 1;
}
