// What the word of a decision model that is asked which plan is meant is to count beside the signs of a derivation: a conditional logit over
// the log of the odds by the signs and the log of its share against that of none (`asked` in `packages/core/src/plan/derive/chance.ts`, and `sharpness` of the model's card).
// Cases that one of the candidates acts in, or of which a plan is sure, are left out, since it is not asked there.
import { derive } from "@troupe/core";
import { decisions } from "@troupe/nodes";
import { briefFor } from "./brief-for.mjs";
import { lines } from "./cases.mjs";
import { judge } from "./judge.mjs";
import { fitted } from "./logit.mjs";
import { vectorsOf } from "./vectors-of.mjs";

/** What stands for shares of nothing. */
const leasts = [0.0003, 0.001, 0.003, 0.01, 0.03];

/** @param {{ asked: readonly string[], model: string, embeddings?: string }} options */
export async function asked({ asked: files, model, embeddings = "llamacpp:minilm" }) {
  const embed = await vectorsOf(embeddings);
  const decider = await decisions(model).load();
  const authors = [];
  for (const file of files) authors.push({ file, cases: await casesOf(lines(file), embed, decider) });
  const all = authors.flatMap(({ cases }) => cases);
  for (const least of leasts) {
    const lost = authors.flatMap(({ cases }) => {
      const others = authors.length > 1 ? all.filter((one) => !cases.includes(one)) : all;
      const weights = fitted(others.map((one) => ({ right: one.right, signs: signsOf(one, least) })));
      return cases.map((one) => lossOf(one, least, weights));
    });
    const weights = fitted(all.map((one) => ({ right: one.right, signs: signsOf(one, least) })));
    const mean = lost.reduce((sum, one) => sum + one, 0) / lost.length;
    const said = Object.entries(weights).map(([name, weight]) => `${name} ${weight.toFixed(2)}`);
    console.log(`least ${least}: ${said.join(", ")}; log loss of ${lost.length} cases, each author's by the others ${mean.toFixed(3)}`);
  }
}

/** Of each case what the signs say of each candidate, as the log of the odds against none, and what the model does. */
async function casesOf(cases, embed, decider) {
  const found = [];
  for (const one of cases) {
    const brief = briefFor(one);
    const shares = new Map();
    const decide = async (_, state, questions, examples) => {
      const asked = Object.entries(questions).map(([id, { instructions, options }]) => [
        id,
        { type: "choice", instructions, criteria: Object.fromEntries(options.map((option) => [option, null])) },
      ]);
      const { answers } = await decider.invoke({ state, questions: Object.fromEntries(asked) }, { examples });
      for (const [id, { options }] of Object.entries(questions))
        for (const option of options) shares.set(option, [...(shares.get(option) ?? []), answers[id].probabilities[option] ?? 0]);
      return Object.fromEntries(
        Object.entries(questions).map(([id, { options }]) => [id, options.map((option) => answers[id].probabilities[option] ?? 0)]),
      );
    };
    const { candidates } = await derive(brief, { embed });
    await derive(brief, { embed, deciders: [{ id: "asked", plans: 1, decide }] });
    if (shares.size === 0) continue;
    const none = 1 - candidates.reduce((sum, { chance }) => sum + chance, 0);
    // The options come in the candidates' order, and none of these last.
    const means = [...shares.values()].map((all) => all.reduce((sum, one) => sum + one, 0) / all.length);
    found.push({
      right: one.declines ? -1 : candidates.findIndex(({ plan }) => judge(one, brief, plan) === "exact"),
      candidates: candidates.map(({ chance }, i) => ({ odds: Math.log(chance / none), share: means[i] })),
      none: means.at(-1),
    });
  }
  return found;
}

const signsOf = ({ candidates, none }, least) =>
  candidates.map(({ odds, share }) => ({ any: 1, signs: odds, share: Math.log((share + least) / (none + least)) }));

function lossOf(one, least, weights) {
  const parts = signsOf(one, least).map((signs) =>
    Math.exp(Object.entries(signs).reduce((sum, [name, of]) => sum + of * weights[name], 0)),
  );
  const sum = parts.reduce((all, part) => all + part, 1);
  return -Math.log((parts[one.right] ?? 1) / sum);
}
