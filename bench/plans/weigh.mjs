// What each sign of a derivation is worth (packages/core/src/plan/derive/weights.ts), fitted to plans that are right: a conditional logit
// over the best derivations of each team, drawn to the weights as they stand. What a weight does to a derivation is found by changing it
// a little, since a derivation's worth is a sum of signs times weights. What fits is printed, nothing is written.
import { createJiti } from "jiti";
import { briefFor } from "./brief-for.mjs";
import { lines } from "./cases.mjs";
import { judge } from "./judge.mjs";
import { solved } from "./logit.mjs";
import { vectorsOf } from "./vectors-of.mjs";

const source = (path) => createJiti(import.meta.url).import(new URL(`../../packages/core/src/plan/${path}`, import.meta.url).pathname);
/** So many derivations of a team are held against one another; larger teams take too long. */
const [most, largest] = [16, 10];
const little = 1e-5;
const rounds = 60;
/** How much a unit of worth says, how strongly weights are drawn to what they are, how far one goes a round. */
const [sharp, drawn, farthest] = [1.5, 30, 0.3];

/** @param {{ weigh: readonly string[], embeddings?: string }} options */
export async function weigh({ weigh: files, embeddings = "llamacpp:minilm" }) {
  const { weights } = await source("derive/weights.ts");
  const featuresOf = await measuring(await vectorsOf(embeddings), weights);
  const cases = [];
  for (const file of files)
    for (const one of lines(file)) {
      const found = !one.declines && one.members.length <= largest ? await featuresOf(one) : undefined;
      if (found) cases.push({ file, ...found });
    }
  const names = Object.keys(weights);
  const first = (by, change) => cases.filter((one) => by(one) && one.right[best(one, change)]).length;
  const none = names.map(() => 0);
  const told = files.map((file) => [file, fitted(cases.filter((one) => one.file !== file))]);
  for (const [file, change] of told) {
    const of = (one) => one.file === file;
    console.log(
      `${file}: ${cases.filter(of).length} teams, first as they are ${first(of, none)}, fitted to the others ${first(of, change)}`,
    );
  }
  const change = fitted(cases);
  console.log(`all: ${cases.length} teams, first as they are ${first(() => true, none)}, fitted ${first(() => true, change)}`);
  console.log(JSON.stringify(Object.fromEntries(names.map((name, i) => [name, Number((weights[name] + change[i]).toFixed(2))]))));
}

/** What measures a team: of its best derivations the worth, which are right, and how much of each sign they have; undefined where none is right or all are. */
async function measuring(embed, weights) {
  const { derivationsOf } = await source("derive/derivations.ts");
  const { edgesOf, textsOf } = await source("derive/edges.ts");
  const { evidenceOf } = await source("derive/evidence.ts");
  const { likenessOf } = await source("derive/likeness.ts");
  const { planOf } = await source("derive/made.ts");
  const { checkPlan } = await source("check-plan.ts");
  const keyOf = ({ outputs, works }) =>
    [...works.keys(), ...Object.entries(outputs).map(([name, { key }]) => `${name}=${key}`)].sort().join("\n");
  return async (one) => {
    const brief = briefFor(one);
    const like = await likenessOf(textsOf(brief), embed);
    const derived = () => {
      const edges = edgesOf(brief, like, true);
      return derivationsOf(brief, edges, evidenceOf(brief, edges), new Map()).all;
    };
    const found = new Map();
    for (const each of derived()) {
      const plan = planOf(each.outputs, each.works);
      if (found.size < most && !found.has(keyOf(each)) && checkPlan(plan, brief).length === 0)
        found.set(keyOf(each), { worth: each.score, right: judge(one, brief, plan) === "exact", signs: [] });
    }
    const all = [...found.values()];
    if (all.every(({ right }) => right) || !all.some(({ right }) => right)) return undefined;
    for (const name of Object.keys(weights)) {
      weights[name] += little;
      const changed = new Map(derived().map((each) => [keyOf(each), each.score]));
      weights[name] -= little;
      for (const [key, each] of found) each.signs.push(changed.has(key) ? (changed.get(key) - each.worth) / little : Number.NaN);
    }
    const known = all.filter(({ signs }) => !signs.some(Number.isNaN));
    if (!known.some(({ right }) => right)) return undefined;
    return { worth: known.map(({ worth }) => worth), right: known.map(({ right }) => right), signs: known.map(({ signs }) => signs) };
  };
}

const worthOf = ({ worth, signs }, change) => worth.map((own, k) => own + signs[k].reduce((sum, sign, i) => sum + sign * change[i], 0));

function best(one, change) {
  const all = worthOf(one, change);
  return all.indexOf(Math.max(...all));
}

/** The changes of all weights, by Newton's method. */
function fitted(cases) {
  const size = cases[0].signs[0].length;
  const change = Array.from({ length: size }, () => 0);
  for (let round = 0; round < rounds; round++) {
    const slope = change.map((one) => -drawn * one);
    const bend = change.map((_, i) => change.map((_, j) => (i === j ? drawn : 0)));
    for (const one of cases) {
      const all = worthOf(one, change);
      const parts = all.map((own) => Math.exp(sharp * (own - Math.max(...all))));
      const mean = meanOf(one.signs, parts);
      const right = meanOf(
        one.signs,
        parts.map((part, k) => (one.right[k] ? part : 0)),
      );
      const sum = parts.reduce((a, b) => a + b, 0);
      for (let i = 0; i < size; i++) {
        slope[i] += right[i] - mean[i];
        for (let j = 0; j < size; j++) {
          const both = parts.reduce((total, part, k) => total + (one.signs[k][i] * one.signs[k][j] * part) / sum, 0);
          bend[i][j] += sharp * (both - mean[i] * mean[j]);
        }
      }
    }
    const step = solved(bend, slope);
    const far = Math.max(...step.map(Math.abs));
    for (const [i, one] of step.entries()) change[i] += one * Math.min(1, farthest / far);
    if (far < 1e-4) break;
  }
  return change;
}

function meanOf(signs, parts) {
  const sum = parts.reduce((a, b) => a + b, 0);
  return signs[0].map((_, i) => parts.reduce((total, part, k) => total + (signs[k][i] * part) / sum, 0));
}
