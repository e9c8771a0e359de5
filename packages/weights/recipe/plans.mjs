// Examples of closed questions about teams: node plans.mjs OUT.jsonl TEAMS.jsonl … [--variants 12]
//   Teams as `bench/plans.mjs --teams` takes them; run it in the repository, built. Questions are put as the planner puts them to a decision
//   model: which of the plans that the derivation finds is meant, or none, and what an argument is made from. A team comes in many variants:
//   its members and inputs in another order, some that no right plan needs left out, one of another team added; and, so that none is right,
//   a member left out that every right plan needs.
import { closeSync, openSync, writeSync } from "node:fs";
import { parseArgs } from "node:util";
import { derive } from "@troupe/core";
import { createJiti } from "jiti";
import { wiringQuestions } from "../../../bench/decisions/wiring.mjs";
import { briefFor } from "../../../bench/plans/brief-for.mjs";
import { lines } from "../../../bench/plans/cases.mjs";
import { judge } from "../../../bench/plans/judge.mjs";
import { vectorsOf } from "../../../bench/plans/vectors-of.mjs";
import { exampleOf, none, randomly } from "./example.mjs";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { variants: { type: "string", default: "12" } } });
const [out, ...files] = positionals;
const deciding = new URL("../../core/src/plan/decide/", import.meta.url);
const from = (path) => createJiti(import.meta.url).import(new URL(path, deciding).href);
const [{ sketchOf }, { stateOf }] = await Promise.all(["sketch.ts", "state.ts"].map(from));
const embed = await vectorsOf("llamacpp:minilm");
const { chance, one, shuffled } = randomly(20261127);
/** How often a member that is not needed is left out, one of another team comes in, and one that is needed is left out. */
const [leftOut, strange, unable] = [0.25, 0.4, 0.15];

const teams = files.flatMap(lines);
const membersOf = ({ tasks }) => new Set(tasks.map(({ member }) => member));

/** A team in another form, with the plans that are right for it still. */
function variantOf(team) {
  const needed = team.gold.map(membersOf);
  const always = [...(needed[0] ?? [])].filter((name) => needed.every((names) => names.has(name)));
  const missing = always.length > 0 && chance() < unable ? one(always) : undefined;
  const kept = team.members.filter(({ name }) => name !== missing && (needed.some((names) => names.has(name)) || chance() >= leftOut));
  const guest = one(one(teams).members);
  const known = new Set(team.members.map(({ name }) => name));
  const members = shuffled(chance() < strange && !known.has(guest.name) ? [...kept, guest] : kept);
  const input = Object.fromEntries(shuffled(Object.entries(team.input)));
  return { ...team, members, input, ...(missing && { gold: [], declines: true }) };
}

async function examplesOf(team) {
  const brief = briefFor(team);
  const state = stateOf(brief);
  const { candidates } = await derive(brief, { embed });
  const plans = shuffled(candidates.map(({ plan }) => plan));
  const meant = plans.findIndex((plan) => judge(team, brief, plan) === "exact");
  const wiring = wiringQuestions([team]).flatMap(({ questions }) => questions);
  return [
    ...(plans.length > 0 ? [exampleOf(state, "Which plan does what is asked for?", [...plans.map(sketchOf), none], meant)] : []),
    ...wiring.map(({ instructions, options, right }) => exampleOf(state, instructions, [...options, none], right[0])),
  ];
}

const file = openSync(out, "w");
for (let variant = 0; variant < Number(values.variants); variant++)
  for (const team of teams)
    for (const example of await examplesOf(variant === 0 ? team : variantOf(team))) writeSync(file, `${JSON.stringify(example)}\n`);
closeSync(file);
process.exit(0);
