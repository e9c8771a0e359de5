// Two journals with the same threads: `whole.db`, which was closed, and `killed.db`, as a killed process leaves it, its last commits in
// the log. Prints what reading them gives.
import { createHash } from "node:crypto";
import { copyFileSync, cpSync } from "node:fs";
import { join } from "node:path";
import { fileJournal } from "@troupe/core";
import { random } from "../kill/random.mjs";
import { readCopy } from "./read-all.mjs";

const [folder, seed] = process.argv.slice(2);
const { next: number, int } = random(Number(seed));
const between = (low, high) => low + int(high - low + 1);
const large = Array.from({ length: 3 }, (_, i) => `${i} `.repeat(20_000));

const file = join(folder, "whole.db");
const journal = fileJournal(file);
const runsOf = {};
for (const thread of ["one", "two", "ü/ '", "pruned"]) {
  const hold = await journal.hold(thread);
  const runs = between(1, 3);
  for (let run = 1; run <= runs; run++) {
    await hold.append(run, [{ kind: "began", graph: { name: "g" }, hash: "h", input: {} }]);
    const medium = Buffer.from(`medium ${thread} ${run}`);
    const hash = `sha256:${createHash("sha256").update(medium).digest("hex")}`;
    await hold.store(medium, hash, "bin");
    for (let i = between(5, 40); i > 0; i--) {
      const text = number() < 0.1 ? large[between(0, 2)] : "text ".repeat(between(1, 300));
      const at = `node#${i}`;
      const done = { kind: "completed", at, output: { text, medium: i === 1 ? { hash } : null }, ms: number(), usage: [] };
      await hold.append(run, number() < 0.5 ? [done] : [{ kind: "started", at, attempt: 1, specialist: "s" }, done]);
    }
    if (number() < 0.8) await hold.append(run, [{ kind: "ended", output: {} }]);
  }
  await hold.release();
  if (thread === "pruned") await journal.prune(thread);
  runsOf[thread] = runs;
}
for (const part of ["", "-wal", "-shm"]) copyFileSync(`${file}${part}`, join(folder, `killed.db${part}`));
await journal.close();
cpSync(`${file}.media`, join(folder, "killed.db.media"), { recursive: true });
console.log(JSON.stringify({ runsOf, whole: await readCopy(file, runsOf), killed: await readCopy(join(folder, "killed.db"), runsOf) }));
