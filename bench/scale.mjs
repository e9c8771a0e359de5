// How what a run costs grows: items of an `each`, branches, rounds, runs at once, records gone on from. Each size has a process of its
// own, in which as much is done as at the largest size, and the processor's time is measured. All sizes take turns, and of the rounds the
// median counts. The exponent is the slope of the line through all sizes, or those that the shape says, both as logarithms.
//   node bench/scale.mjs [SHAPE …]
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { shapes } from "./scale/shapes.mjs";

/** None grows faster than its size to this power. */
const bound = 1.1;
const rounds = Number(process.env.ROUNDS ?? 3);
/** A size that takes longer is left out, and so are those above it. */
const seconds = Number(process.env.SECONDS ?? 60);

const script = fileURLToPath(new URL("./scale/one.mjs", import.meta.url));
const named = process.argv.slice(2);
const unknown = named.find((name) => !Object.hasOwn(shapes, name));
if (unknown !== undefined) throw new RangeError(`There is no shape ${unknown}: name some of ${Object.keys(shapes).join(", ")}`);
const missed = [];
const table = {};
for (const [name, { sizes, of, from = 0, baseline = false }] of Object.entries(shapes)) {
  if (named.length && !named.includes(name)) continue;
  const took = takenBy(name, sizes, of);
  const points = [];
  const row = {};
  for (const [i, one] of took.entries()) {
    const size = sizes[i];
    const [{ ms, ...figures }] = one.sort((a, b) => a.ms - b.ms).slice(Math.floor(one.length / 2));
    if (size >= from) points.push([Math.log(size), Math.log(ms)]);
    row["us each"] = Number(((ms * 1000) / size).toFixed(1));
    console.log(
      `${name}: ${size} ${of} in ${Math.round(ms)} ms (${one.map((each) => Math.round(each.ms)).join(", ")})${Object.entries(figures)
        .map(([what, value]) => `, ${what} ${value}`)
        .join("")}`,
    );
  }
  const exponent = points.length < 3 ? Number.NaN : slope(points);
  table[name] = {
    from: Math.max(sizes[0], from),
    to: sizes[took.length - 1],
    "us each at last": row["us each"],
    exponent: Number(exponent.toFixed(2)),
    "last step": Number(slope(points.slice(-2)).toFixed(2)),
  };
  if (!baseline && !(exponent <= bound)) missed.push(`${name}: exponent ${exponent.toFixed(2)}, at most ${bound}`);
}
console.table(table);
for (const line of missed) console.log(`missed: ${line}`);
if (missed.length) process.exitCode = 1;

/** What each size took in each round. One that takes too long is left out, and so are those above it. */
function takenBy(name, sizes, of) {
  const took = sizes.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, all] of took.entries()) {
      const one = measured(name, sizes[i]);
      if (one) all.push(one);
      else {
        missed.push(`${name}: ${sizes[i]} ${of} took more than ${seconds} s, what goes before counted`);
        took.length = i;
      }
    }
  }
  return took;
}

/** What a size took in a process of its own; undefined where that took too long. */
function measured(name, size) {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", script, name, String(size)], {
    encoding: "utf8",
    timeout: seconds * 1000,
    killSignal: "SIGKILL",
  });
  if (signal === "SIGKILL") return undefined;
  if (status !== 0) throw new Error(`${name}, ${size}: ${stderr}`);
  return JSON.parse(stdout);
}

/** Of the line of least squares. */
function slope(points) {
  const mean = (numbers) => numbers.reduce((a, b) => a + b, 0) / numbers.length;
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, at]) => at))];
  return mean(points.map(([a, b]) => (a - x) * (b - y))) / mean(points.map(([a]) => (a - x) ** 2));
}
