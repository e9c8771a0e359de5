// How likely each plan of a derivation is what is meant: a conditional logit (softmax over the candidates of a team and none of them) on
// the signs that a derivation gives with each, by Newton's method. Each file is an author's; what is printed of it was told by a fit to
// the others.
import { basename } from "node:path";
import { derive } from "@troupe/core";
import { briefFor } from "./brief-for.mjs";
import { lines } from "./cases.mjs";
import { judge } from "./judge.mjs";
import { fitted } from "./logit.mjs";
import { vectorsOf } from "./vectors-of.mjs";

/** Signs that weigh otherwise where the request alone says what is wanted. */
const apart = ["ahead", "unexplained"];
/** Chances from which on a plan would be sure, and below which it would be refused. */
const bars = { sure: [0.6, 0.65, 0.7, 0.75, 0.8], least: [0.2, 0.25, 0.3, 0.4, 0.5] };

/** @param {{ fit: readonly (string | undefined)[], embeddings?: string }} options */
export async function fit({ fit: files, embeddings = "llamacpp:minilm" }) {
  const embed = await vectorsOf(embeddings);
  const own = new URL("./teams.jsonl", import.meta.url);
  const authors = [];
  for (const file of files) authors.push({ name: basename(String(file ?? own)), cases: await casesOf(lines(file ?? own), embed) });
  const all = authors.flatMap(({ cases }) => cases);
  const told = authors.flatMap(({ name, cases }) => {
    const others = authors.length > 1 ? all.filter((one) => !cases.includes(one)) : all;
    const weights = fitted(others);
    return cases.map((one) => ({ name, one, chances: chancesOf(one, weights) }));
  });
  console.log(JSON.stringify(Object.fromEntries(Object.entries(fitted(all)).map(([sign, weight]) => [sign, Number(weight.toFixed(2))]))));
  for (const name of [...authors.map(({ name }) => name), "all"])
    print(
      name,
      told.filter((one) => name === "all" || one.name === name),
    );
}

function print(name, told) {
  const best = told.map(({ one, chances }) => {
    const chance = Math.max(0, ...chances);
    return { one, chance, exact: chance > 0 && chances.indexOf(chance) === one.right };
  });
  const sure = bars.sure.map((bar) => {
    const some = best.filter(({ chance }) => chance >= bar);
    return `${bar} ${some.length}, ${Math.round((100 * some.filter(({ exact }) => exact).length) / (some.length || 1))}% exact`;
  });
  const least = bars.least.map((bar) => {
    const right = best.filter(({ one, chance, exact }) => (chance >= bar ? exact : one.declines)).length;
    const refused = best.filter(({ one, chance }) => chance < bar && !one.declines).length;
    return `${bar} ${right} right, ${refused} declined wrongly`;
  });
  const lost = told.reduce((sum, { one, chances }) => sum - Math.log(chances[one.right] ?? 1 - chances.reduce((a, b) => a + b, 0)), 0);
  console.log(`${name}: ${told.length} cases, log loss ${(lost / told.length).toFixed(3)}`);
  console.log(`  sure from ${sure.join("; ")}`);
  console.log(`  refused below ${least.join("; ")}`);
}

/** The signs of each candidate of each case, and which is right. */
async function casesOf(cases, embed) {
  const found = [];
  for (const one of cases) {
    const brief = briefFor(one);
    const { candidates } = await derive(brief, { embed });
    const alone = Object.keys(one.output).length === 0;
    const right = one.declines ? -1 : candidates.findIndex(({ plan }) => judge(one, brief, plan) === "exact");
    found.push({ right, declines: one.declines, signs: candidates.map(({ signs }) => signsOf(signs, alone)) });
  }
  return found;
}

const signsOf = (signs, alone) => ({
  any: 1,
  ...signs,
  ...Object.fromEntries(apart.map((name) => [`${name} alone`, alone ? signs[name] : 0])),
});

function chancesOf({ signs }, weights) {
  const parts = signs.map((one) => Math.exp(Object.entries(weights).reduce((sum, [name, weight]) => sum + weight * one[name], 0)));
  const sum = parts.reduce((all, one) => all + one, 1);
  return parts.map((one) => one / sum);
}
