// How what a run costs grows: items of an `each`, branches, rounds, runs at once, records gone on from. Each size has a process of its
// own, and the processor's time is measured; the exponent is the slope of the line through all sizes, both as logarithms.
//   node bench/scale.mjs [SHAPE …]
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { shapes } from "./scale/shapes.mjs";

/** None grows faster than its size to this power. */
const bound = 1.1;
/** A size that takes longer is left out, and so are those above it. */
const seconds = Number(process.env.SECONDS ?? 30);

const one = fileURLToPath(new URL("./scale/one.mjs", import.meta.url));
const named = process.argv.slice(2);
const missed = [];
const table = {};
for (const [name, { sizes, of }] of Object.entries(shapes)) {
  if (named.length && !named.includes(name)) continue;
  const points = [];
  const row = {};
  for (const size of sizes) {
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", one, name, String(size)], {
      encoding: "utf8",
      timeout: seconds * 1000,
      killSignal: "SIGKILL",
    });
    if (signal === "SIGKILL") {
      missed.push(`${name}: ${size} ${of} took more than ${seconds} s, what goes before counted`);
      break;
    }
    if (status !== 0) throw new Error(`${name}, ${size} ${of}: ${stderr}`);
    const { ms, ...figures } = JSON.parse(stdout);
    points.push([Math.log(size), Math.log(ms)]);
    Object.assign(row, { [`${of}`]: size, ms: Math.round(ms), "us each": Number(((ms * 1000) / size).toFixed(1)), ...figures });
    console.log(
      `${name}: ${size} ${of} in ${Math.round(ms)} ms${Object.entries(figures)
        .map(([what, value]) => `, ${what} ${value}`)
        .join("")}`,
    );
  }
  const exponent = points.length < 3 ? Number.NaN : slope(points);
  table[name] = {
    from: sizes[0],
    to: sizes[points.length - 1],
    "us each at last": row["us each"],
    exponent: Number(exponent.toFixed(2)),
    "last step": Number(slope(points.slice(-2)).toFixed(2)),
  };
  if (!(exponent <= bound)) missed.push(`${name}: exponent ${exponent.toFixed(2)}, at most ${bound}`);
}
console.table(table);
for (const line of missed) console.log(`missed: ${line}`);
if (missed.length) process.exitCode = 1;

/** Of the line of least squares. */
function slope(points) {
  const mean = (numbers) => numbers.reduce((a, b) => a + b, 0) / numbers.length;
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, at]) => at))];
  return mean(points.map(([a, b]) => (a - x) * (b - y))) / mean(points.map(([a]) => (a - x) ** 2));
}
