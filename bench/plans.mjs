// What planning gets right, a part a kind of data; see bench/plans/README.md for where the public sets come from.
//   node bench/plans.mjs --recorded [FILE] [--gold FILE …] [--damages MODULE]   what planners write: read, repaired, asked about
//   node bench/plans.mjs --words [FILE --catalogue FILE] [--irrelevance FILE] [--embeddings ID]   plans from a request alone
//   node bench/plans.mjs --large [FILE]   what deriving for a team of 120 costs
//   node bench/plans.mjs --fit FILE [--fit FILE …]   how likely each plan of a derivation is what is meant, a file an author
//   node bench/plans.mjs --weigh FILE [--weigh FILE …]   what each sign of a derivation is worth, a file an author
//   node bench/plans.mjs --asked FILE [--asked FILE …] --model NAME   what a decision model's word on plans is to count, a file an author
//   node bench/plans.mjs --teams [FILE] [--out PLANS] [--model NAME] [--planner NAME] [--embeddings NAME | --bare] [--guess] [--verbose]   plans for teams
import { parseArgs } from "node:util";

const { values } = parseArgs({
  strict: false,
  options: {
    recorded: { type: "string" },
    gold: { type: "string", multiple: true },
    damages: { type: "string" },
    words: { type: "string" },
    catalogue: { type: "string" },
    irrelevance: { type: "string" },
    embeddings: { type: "string" },
    teams: { type: "string" },
    large: { type: "string" },
    fit: { type: "string", multiple: true },
    weigh: { type: "string", multiple: true },
    asked: { type: "string", multiple: true },
    out: { type: "string" },
    model: { type: "string" },
    planner: { type: "string" },
    bare: { type: "boolean" },
    guess: { type: "boolean" },
    verbose: { type: "boolean" },
  },
});

/** A flag without a file takes the small set of this bench. */
const fileOf = (value) => (value === true || value === "" ? undefined : value);

if (values.teams !== undefined) {
  const { teams } = await import("./plans/teams.mjs");
  await teams({ ...values, teams: fileOf(values.teams) });
}
if (values.large !== undefined) {
  const { large } = await import("./plans/large.mjs");
  await large({ ...values, large: fileOf(values.large) });
}
if (values.fit !== undefined) {
  const { fit } = await import("./plans/fit.mjs");
  await fit({ ...values, fit: values.fit.map(fileOf) });
}
if (values.weigh !== undefined) {
  const { weigh } = await import("./plans/weigh.mjs");
  await weigh(values);
}
if (values.asked !== undefined) {
  const { asked } = await import("./plans/asked.mjs");
  await asked(values);
}
if (values.recorded !== undefined || Object.keys(values).length === 0) {
  const { recorded } = await import("./plans/recorded.mjs");
  await recorded({ ...values, recorded: fileOf(values.recorded) });
}
if (values.words !== undefined || values.irrelevance !== undefined) {
  const { words } = await import("./plans/words.mjs");
  await words({ ...values, words: fileOf(values.words), irrelevance: fileOf(values.irrelevance) });
}
