// One shape at one size, in a process of its own: prints what it took of the processor, as JSON. Small ones go before, so that what is
// measured is compiled by then.
import { shapes } from "./shapes.mjs";

/** How long the small ones take together, in ms. No collection is forced before: it would throw compiled code away. */
const warming = 1500;

const [name, size] = process.argv.slice(2);
const { prepared, sizes, figures } = shapes[name];
const warm = performance.now() + warming;
while (performance.now() < warm) await (await prepared(sizes[0]))();
const work = await prepared(Number(size));
const before = process.cpuUsage();
await work();
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ ms: (user + system) / 1000, ...(await figures?.(Number(size))) }));
process.exit(0);
