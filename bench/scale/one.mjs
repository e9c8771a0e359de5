// One shape at one size, in a process of its own: prints what it took of the processor, as JSON. Small ones go before, so that what is
// measured is compiled by then.
import { shapes } from "./shapes.mjs";

/** How long the small ones take together, in ms of the processor's. No collection is forced before: it would throw compiled code away. */
const warming = 1500;
const computed = (before) => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

const [name, size] = process.argv.slice(2);
const { prepared, sizes, figures } = shapes[name];
const begun = process.cpuUsage();
while (computed(begun) < warming) await (await prepared(sizes[0]))();
const work = await prepared(Number(size));
const before = process.cpuUsage();
await work();
console.log(JSON.stringify({ ms: computed(before), ...(await figures?.(Number(size))) }));
process.exit(0);
