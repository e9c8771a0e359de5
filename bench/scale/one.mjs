// One shape at one size, in a process of its own: prints what it took of the processor, as JSON. It is done over and over until as much
// is done as at the largest size, so that every size pays for what it leaves to collect: done once, a small one ends before the collector
// first comes by. Small ones go before, so that what is measured is compiled by then, and so does one of the size itself, which pays for
// what is made once for a graph and for what its compiling leaves to collect.
import { shapes } from "./shapes.mjs";

/** How long the small ones take together, in ms of the processor's. No collection is forced before: it would throw compiled code away. */
const warming = 1500;
const computed = (before) => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

const [name, size] = process.argv.slice(2);
const { prepared, sizes, figures, once } = shapes[name];
const times = Math.round(sizes.at(-1) / Number(size));
const begun = process.cpuUsage();
while (computed(begun) < warming) await (await prepared(sizes[0]))();
let work = await prepared(Number(size));
await work();
let ms = 0;
for (let time = 0; time < times; time++) {
  if (once) work = await prepared(Number(size));
  const before = process.cpuUsage();
  await work();
  ms += computed(before);
}
console.log(JSON.stringify({ ms: ms / times, ...(await figures?.(Number(size))) }));
process.exit(0);
