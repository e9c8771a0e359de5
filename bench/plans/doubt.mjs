// What tells derived plans that are right from those that are not: logistic regression over the signs that a derivation gives with its
// plan, on the half of the cases whose id's SHA-256 begins with an even hex digit, counted on the other half. Where a file of teams that
// nobody read while the derivation was made is named, how many are wrong without any sign is fitted to that.
import { createHash } from "node:crypto";
import { derive } from "@troupe/core";
import { briefFor } from "./brief-for.mjs";
import { lines } from "./cases.mjs";
import { judge } from "./judge.mjs";
import { vectorsOf } from "./vectors-of.mjs";

/** How strongly odds are drawn to nothing, so that few cases say little. */
const drawn = 5;
/** Chances of being wrong from which on a plan would be marked. */
const bars = [0.15, 0.2, 0.25, 0.3, 0.4];

/** @param {{ doubt: readonly string[], unread?: string, embeddings?: string }} options */
export async function doubt({ doubt: files, unread, embeddings = "llamacpp:minilm" }) {
  const embed = await vectorsOf(embeddings);
  const own = new URL("./teams.jsonl", import.meta.url);
  const all = [];
  for (const file of files) all.push(...(await plansOf(lines(file ?? own), embed)));
  const fresh = unread ? await plansOf(lines(unread), embed) : [];
  all.push(...fresh);
  const built = all.filter(({ half }) => half === "looked at");
  const odds = fitted(built);
  if (fresh.length) odds.never = shifted(odds, fresh);
  console.log(JSON.stringify(odds));
  for (const [half, some] of [
    ["looked at", built],
    ["counted", all.filter((one) => one.half === "counted")],
    ["unread", fresh],
  ]) {
    const left = bars.map((bar) => {
      const rest = some.filter((one) => chanceOf(one, odds) < bar);
      const wrong = rest.filter((one) => one.wrong).length;
      return `from ${bar} on ${some.length - rest.length}, ${wrong} (${Math.round(100 * (1 - wrong / rest.length))}% exact)`;
    });
    const wrong = some.filter((one) => one.wrong).length;
    console.log(`${half}: ${some.length} plans, ${wrong} wrong, area under the curve ${areaUnder(some, odds).toFixed(2)}`);
    console.log(`  marked, and wrong ones left: ${left.join(", ")}`);
  }
}

/** The plans of cases that stand with nothing open: their signs, and whether they are wrong. */
async function plansOf(cases, embed) {
  const found = [];
  for (const one of cases) {
    const brief = briefFor(one);
    const { plan, declined, issues, open, held, doubt } = await derive(brief, { embed });
    if (declined !== undefined || issues.length > 0 || open.length + held.length > 0) continue;
    const even = Number.parseInt(createHash("sha256").update(one.id).digest("hex")[0], 16) % 2 === 0;
    found.push({ signs: doubt.signs, wrong: judge(one, brief, plan) !== "exact", half: even ? "looked at" : "counted" });
  }
  return found;
}

const chanceOf = ({ signs }, { never, ...odds }) =>
  1 / (1 + Math.exp(-Object.entries(odds).reduce((sum, [sign, value]) => sum + value * signs[sign], never)));

/** Logistic regression by gradient descent, over signs brought to one spread. */
function fitted(cases) {
  const names = Object.keys(cases[0].signs);
  const spread = Object.fromEntries(names.map((name) => [name, deviation(cases.map(({ signs }) => signs[name])) || 1]));
  const odds = { never: 0, ...Object.fromEntries(names.map((name) => [name, 0])) };
  for (let step = 0; step < 6000; step++) {
    const errors = cases.map((one) => chanceOf(one, odds) - Number(one.wrong));
    odds.never -= mean(errors);
    for (const name of names) {
      const slope = errors.reduce((sum, error, i) => sum + (error * cases[i].signs[name]) / spread[name], 0);
      odds[name] -= (slope + drawn * odds[name] * spread[name]) / cases.length / spread[name];
    }
  }
  return odds;
}

/** The log of the odds without any sign under which as many of these are wrong as are. */
function shifted(odds, cases) {
  let { never } = odds;
  for (let step = 0; step < 500; step++) never += 2 * mean(cases.map((one) => Number(one.wrong) - chanceOf(one, { ...odds, never })));
  return never;
}

function areaUnder(cases, odds) {
  const of = (wrong) => cases.filter((one) => one.wrong === wrong).map((one) => chanceOf(one, odds));
  const [high, low] = [of(true), of(false)];
  return mean(high.flatMap((a) => low.map((b) => (a > b ? 1 : a === b ? 0.5 : 0))));
}

const mean = (all) => all.reduce((sum, one) => sum + one, 0) / (all.length || 1);
const deviation = (all) => Math.sqrt(mean(all.map((one) => (one - mean(all)) ** 2)));
