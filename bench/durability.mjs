// What it costs to keep a run's steps on the disk, beside LangGraph with its SQLite and Postgres savers: a loop whose steps give a kB each.
//   npm install --prefix bench/durability/savers && node bench/durability.mjs
// The savers stand in a folder of their own, since they compile SQLite anew; without them, or without PostgreSQL, the rest is measured.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { postgres } from "./durability/postgres.mjs";
import { appends, passedOn, troupe } from "./durability/troupe.mjs";

const payload = 1000;
/** At most so many bytes a byte of payload at so many steps, and so many in the log. */
const floors = { 10: 4, 100: 1.7, 1000: 1.5 };
const longestLog = 4_000_000;
/** Rounds of a size, of which the median counts. */
const rounds = { 10: 9, 100: 5, 1000: 3 };

/** A kB that no compression makes smaller by much. */
const text = () => randomBytes((payload * 3) / 4).toString("base64");
const step = (n) => ({ n, text: text() });
const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const folder = mkdtempSync(join(tmpdir(), "bench-durability-"));
const savers = await import("./durability/savers/langgraph.mjs").catch(({ message }) => {
  console.log(`Without LangGraph: ${message.split("\n")[0]}`);
});
const server = savers && (await postgres());
if (savers && !server) console.log("Without the Postgres saver: PostgreSQL is not installed");
const peers = {
  Troupe: () => troupe(join(folder, "troupe.db")),
  ...(savers && { "LangGraph, SQLite": () => savers.sqlite(join(folder, "langgraph.db")) }),
  ...(server && { "LangGraph, Postgres": () => savers.postgres(server.url) }),
};

const table = Object.fromEntries(Object.keys(peers).map((name) => [name, {}]));
const missed = [];
try {
  for (const [steps, floor] of Object.entries(floors)) {
    const took = {};
    for (let round = 0; round < rounds[steps]; round++)
      for (const [name, open] of Object.entries(peers)) {
        const peer = await open();
        const one = (took[name] ??= { ms: [], log: 0 });
        const work = (n) => {
          one.log = Math.max(one.log, peer.log());
          return step(n);
        };
        const began = performance.now();
        await peer.run(Number(steps), "t", work);
        one.ms.push(performance.now() - began);
        one.bytes = await peer.bytes();
        await peer.end();
      }
    for (const [name, { ms, log, bytes }] of Object.entries(took)) {
      const a = bytes / (payload * steps);
      table[name][`bytes a byte, ${steps}`] = Number(a.toFixed(2));
      table[name][`steps a second, ${steps}`] = Math.round(steps / (median(ms) / 1000));
      if (steps === "1000") table[name]["log at most, MB"] = Number((log / 1e6).toFixed(2));
      if (name === "Troupe" && a > floor) missed.push(`${a.toFixed(2)} bytes a byte at ${steps} steps, at most ${floor}`);
    }
  }

  for (const [name, open] of Object.entries(peers)) {
    const ms = [];
    for (let round = 0; round < 3; round++) {
      const peer = await open();
      let fail = true;
      const work = (n) => {
        if (n === 1000 && fail) throw new RangeError("cut off");
        return step(n);
      };
      await peer.run(1000, "t", work).catch(() => {});
      await peer.reopen();
      fail = false;
      const began = performance.now();
      await peer.resume(1000, "t", work);
      ms.push(performance.now() - began);
      await peer.end();
    }
    table[name]["last of 1,000 steps resumed, ms"] = Math.round(median(ms));
  }
  console.log(`A loop of steps of 1 kB, Node ${process.version}`);
  console.table(
    Object.fromEntries(
      Object.keys(table.Troupe).map((what) => [what, Object.fromEntries(Object.entries(table).map(([name, row]) => [name, row[what]]))]),
    ),
  );

  let log = 0;
  for (const [threads, each] of [
    [1, 3000],
    [100, 100],
  ]) {
    const file = join(folder, `appends-${threads}.db`);
    const watch = () => {
      log = Math.max(log, statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0);
    };
    const second = await appends(file, threads, each, text, watch);
    console.log(
      `The journal by itself, ${threads} ${threads === 1 ? "thread" : "threads"}: ${Math.round(second)} appends of 1 kB a second`,
    );
  }
  log = Math.max(log, table.Troupe["log at most, MB"] * 1e6);
  console.log(`Its log at most: ${(log / 1e6).toFixed(2)} MB, bound ${longestLog / 1e6}`);
  if (log > longestLog) missed.push(`a log of ${(log / 1e6).toFixed(2)} MB`);

  const value = randomBytes(3_750_000).toString("base64");
  const bytes = await passedOn(join(folder, "passed.db"), value, 10);
  console.log(`A value of 5 MB that ten nodes pass on: ${(bytes / 1e6).toFixed(2)} MB on the disk`);
  if (bytes > 1.1 * value.length) missed.push(`a value that is passed on takes ${(bytes / 1e6).toFixed(2)} MB`);

  for (const line of missed) console.log(`missed: ${line}`);
  if (missed.length) process.exitCode = 1;
} finally {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
}
