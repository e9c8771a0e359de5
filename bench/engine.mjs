// What the engine costs a node, beside Mastra, LangGraph and plain promises in the same process. The nodes do nothing, so all of the
// time is the runtime's own. All take turns, and the median of the rounds is shown: processor time of the whole process, the garbage
// collector's threads included, so that what else the machine does counts little. In each turn a shape runs twice and the second time
// counts: the first pays for what the one before has left to collect, and for code and memory that V8 gave up meanwhile. The peers'
// nodes give promises in every row, as they ask for; ours give their answer at once, but for the row that says otherwise.
//   npm install --prefix bench/engine/mastra && npx -y node@22 bench/engine.mjs
// Mastra needs Node 22.13; without it, or where it is not installed, the rest is measured.
import * as langgraph from "./engine/langgraph.mjs";
import * as promises from "./engine/promises.mjs";
import * as troupe from "./engine/troupe.mjs";

process.env.MASTRA_TELEMETRY_DISABLED = "1";
const mastra = await import("./engine/mastra/workflows.mjs").catch(({ message }) => {
  console.log(`Without Mastra: ${message.split("\n")[0]}`);
});
const peers = { troupe, ...(mastra && { mastra }), langgraph, promises };
const rounds = Number(process.env.ROUNDS ?? 9);
/** Rounds before, so that code is compiled by then. */
const warming = 5;

/** At most so much of a peer's time a node. */
const floors = { mastra: 0.2, langgraph: 0.03 };

const counted = (n) => (output) => output.n === n;
/** Each round runs a small shape ten times, so that a round lasts long against what else the machine does. */
const times = 10;
const at = (shape, size) => (peer) => {
  const run = peer[shape](size);
  return async () => {
    for (let i = 1; i < times; i++) await run();
    return run();
  };
};
const many = (runs, promised) => (peer) => {
  const one = peer.chain(5, promised);
  return async () => (await Promise.all(Array.from({ length: runs }, one))).at(-1);
};
const shapes = [
  { name: "chain of 100", nodes: 100 * times, made: at("chain", 100), right: counted(100), held: true },
  { name: "1,000 runs of 5", nodes: 5000, made: many(1000), right: counted(5), held: true },
  { name: "1,000 runs of 5, promised", nodes: 5000, made: many(1000, true), right: counted(5), held: true },
  { name: "fan-out of 32", nodes: 34 * times, made: at("fan", 32), right: ({ count }) => count === 32 },
  { name: "loop of 50", nodes: 50 * times, made: at("loop", 50), right: counted(50) },
];

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function measured({ name, nodes, made, right }) {
  const runs = Object.entries(peers).map(([peer, shapesOf]) => ({ peer, run: made(shapesOf), took: [] }));
  for (let round = -warming; round < rounds; round++)
    for (const { peer, run, took } of runs) {
      await run();
      const began = process.cpuUsage();
      const output = await run();
      const { user, system } = process.cpuUsage(began);
      const us = (user + system) / nodes;
      if (!right(output)) throw new RangeError(`${peer} gave a wrong answer on ${name}: ${JSON.stringify(output)}`);
      if (round >= 0) took.push(us);
    }
  return Object.fromEntries(runs.map(({ peer, took }) => [peer, median(took)]));
}

console.log(`Engine cost a node in us of processor time, median of ${rounds} rounds, Node ${process.version}`);
const table = {};
const missed = [];
for (const shape of shapes) {
  const us = await measured(shape);
  const shares = Object.keys(floors).flatMap((peer) => (peer in us ? [[peer, us.troupe / us[peer]]] : []));
  table[shape.name] = {
    ...Object.fromEntries(Object.entries(us).map(([peer, value]) => [peer, Number(value.toFixed(1))])),
    ...Object.fromEntries(shares.map(([peer, share]) => [`of ${peer}`, Number(share.toFixed(3))])),
  };
  for (const [peer, share] of shares)
    if (shape.held && share > floors[peer]) missed.push(`${shape.name}: ${share.toFixed(3)} of ${peer}, at most ${floors[peer]}`);
}
console.table(table);
console.log(
  `Floors, on the first three shapes: ${Object.entries(floors)
    .map(([peer, share]) => `${share} of ${peer}`)
    .join(", ")}`,
);
for (const one of missed) console.log(`missed: ${one}`);
if (missed.length) process.exitCode = 1;
