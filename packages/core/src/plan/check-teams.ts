import { said } from "../check/legible.js";
import { refuseMalformed } from "../check/refuse.js";
import type { Issue } from "../error/issue.js";
import { didYouMean, listed } from "../error/nearest.js";
import type { Graph } from "../graph/graph.js";
import { compatible } from "../schema/compatible.js";
import type { JsonSchema } from "../schema/json.js";
import { jsonSchemaOf } from "../schema/schema.js";
import type { Specialist, Team } from "../specialist/specialist.js";
import type { Brief } from "./brief.js";
import { checkSettle } from "./check-settle.js";
import { checkCompose } from "./compose/check-compose.js";
import { type Slot, slotsOf } from "./slot.js";
import { briefFor } from "./team.js";
import { type Place, teamsIn } from "./teams-in.js";
import { type Reach, withinReach } from "./within-reach.js";

/**
 * What no run of the teams of a graph, or of a specialist that stands in none, could escape, whoever plans: a wanted output that nothing gives by its type, an input that nobody of use
 * takes, what is settled with names that are none, a request in no input, and members whose schemas can't be told. Of a graph that passes `check`; `compile` refuses what is found.
 * @throws TroupeError `GRAPH_INVALID`, `SPECIALIST_INVALID` for what is none.
 * @example
 * for (const issue of checkTeams(graph)) console.log(formatIssue(issue));
 */
export function checkTeams(whole: Graph | Specialist): readonly Issue[] {
  refuseMalformed(whole);
  return teamsIn(whole).flatMap(issuesOf);
}

function issuesOf({ path, specialist, team }: Place): Issue[] {
  const unread = opaque(team);
  return (unread.length > 0 ? unread : unplannable(specialist, team)).map((issue) => ({
    ...issue,
    path: [...path, "team", ...issue.path],
  }));
}

/** Schemas of members that no planner could be told. */
function opaque({ members }: Team): Issue[] {
  return members.flatMap(({ name, input, output }, i) =>
    [["input", input] as const, ["output", output] as const].flatMap(([side, schema]): Issue[] => {
      const one = said(schema, side);
      if ("json" in one) return [];
      const message = `The ${side} schema of ${name} can't be written as JSON Schema: ${one.why}.`;
      return [{ code: "schema-opaque", path: ["members", i], names: { specialist: [name], member: [name] }, message, hint: one.hint }];
    }),
  );
}

function unplannable(specialist: Specialist, { settle = {}, request }: Team): Issue[] {
  const brief = briefFor(specialist);
  const reach = withinReach(brief);
  const always = slotsOf(jsonSchemaOf(specialist.input, "output") as JsonSchema);
  // What a run may leave out, or give as null, it need not use.
  const idle = reach.idle.filter(
    ({ name, schema }) => name !== request && always[name]?.required && compatible({ type: "null" }, schema) !== undefined,
  );
  // Who gives a lost output may be who takes an idle input.
  const unhad = reach.lost.length > 0 ? reach.lost.map((slot) => lost(slot, brief, reach)) : idle.map(unused);
  return [...unhad, ...unheard(request, Object.keys(always)), ...checkCompose(specialist), ...checkSettle(settle, brief)];
}

/** A request that no input holds is never heard, and a plan without it looks as good. */
function unheard(request: string | undefined, inputs: readonly string[]): Issue[] {
  if (request === undefined || inputs.includes(request)) return [];
  const hint = didYouMean(request, inputs, `There are ${listed(inputs)}.`);
  return [{ code: "unknown-input", path: ["request"], message: `The request is to stand in "${request}", which is no input.`, hint }];
}

function lost(slot: Slot, brief: Brief, reach: Reach): Issue {
  const [card, lacking = []] = [...reach.stuck].find(([one]) => reach.gives(one, slot)) ?? [];
  const names = brief.members.map(({ name }) => name).join(", ");
  return {
    code: "missing-output",
    path: ["output", slot.name],
    names: { output: [slot.name], ...(card ? { member: [card.name], argument: lacking.map(({ name }) => name) } : {}) },
    message: `Nobody can give the output "${slot.name}": nothing of its type can be had from ${names}.`,
    hint: card
      ? `${card.name} gives such, but nothing gives what it takes as ${lacking.map(({ name }) => `"${name}"`).join(" and ")}.`
      : "Give the team a member for it.",
  };
}

/** An input that no task can use. */
export function unused({ name, schema }: Slot): Issue {
  const medium = typeof schema["x-media"] === "string" ? ` (${schema["x-media"]})` : "";
  return {
    code: "unused-input",
    path: ["input", name],
    names: { input: [name] },
    message: `No task can use the input "${name}"${medium}: no member that is of use for the outputs takes its type.`,
    hint: "Give the team a member for it, or leave it out.",
  };
}
