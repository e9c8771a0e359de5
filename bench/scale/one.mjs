// One shape at one size, in a process of its own: prints what it took of the processor, as JSON. It is done over and over until as much
// is done as at the largest size, so that every size pays for what it leaves to collect: done once, a small one ends before the collector
// first comes by. Small ones go before, so that what is measured is compiled by then.
import { shapes } from "./shapes.mjs";

/** How long the small ones take together, in ms of the processor's. No collection is forced before: it would throw compiled code away. */
const warming = 1500;
const computed = (before) => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

const [name, size] = process.argv.slice(2);
const { prepared, sizes, figures } = shapes[name];
const times = Math.round(sizes.at(-1) / Number(size));
const begun = process.cpuUsage();
while (computed(begun) < warming) await (await prepared(sizes[0]))();
let ms = 0;
for (let time = 0; time < times; time++) {
  const work = await prepared(Number(size));
  const before = process.cpuUsage();
  await work();
  ms += computed(before);
}
console.log(JSON.stringify({ ms: ms / times, ...(await figures?.(Number(size))) }));
process.exit(0);
