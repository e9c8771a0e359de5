// The process that is killed: begins the run of a graph, or goes on with it, and prints its result. What it does to the world is lines in
// a file, one an effect, each on the disk before the next step.
import { fsyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { compile, fileJournal } from "@troupe/core";
import { graphOf } from "./graph.mjs";
import { random } from "./random.mjs";

const [folder, seed, turn] = process.argv.slice(2);
/** Neither the graph's nor the same in the next process. */
const chance = random(Number(seed) * 1000 + Number(turn)).next;
/** At most so many ms pass before an occurrence ends its work. */
const longest = 6;

const log = openSync(join(folder, "log"), "a");
const say = (line) => {
  writeSync(log, `${JSON.stringify({ turn: Number(turn), ...line })}\n`);
  fsyncSync(log);
};
const at = async ({ at, attempt }, given) => {
  say({ kind: "effect", at, attempt, ...(given === undefined ? {} : { given }) });
  await sleep(Math.floor(chance() * longest));
};

const journal = fileJournal(join(folder, "journal.db"));
const known = (await journal.read("t")).length;
const app = compile(graphOf(Number(seed), { at, chance }), { journal });
const events = known ? app.resumeEvents("t") : app.events({ seed: Number(seed) }, { thread: "t" });
process.send("begun");
for (;;) {
  const { done, value } = await events.next();
  if (done) {
    process.send({ output: value });
    break;
  }
  // What was heard is kept: whoever goes on knows of it.
  if (value.seq > known) say({ kind: "heard", of: value.kind, seq: value.seq, ...(value.at === undefined ? {} : { at: value.at }) });
}
await journal.close();
process.disconnect();
