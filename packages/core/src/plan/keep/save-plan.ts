import { check } from "../../check/check.js";
import { fieldFrom } from "../../check/file/notation.js";
import { TroupeError } from "../../graph/error.js";
import { defineGraph, type Graph } from "../../graph/graph.js";
import type { Issue } from "../../graph/issue.js";
import type { Json, JsonSchema } from "../../graph/json.js";
import { type Argument, isRef, needsOf, type Plan, refsOf } from "../../graph/plan.js";
import { jsonSchemaOf } from "../../graph/schema.js";
import { use } from "../../graph/use.js";
import type { Specialist } from "../../specialist/specialist.js";
import { type Brief, briefOf } from "../brief.js";
import { checkPlan } from "../check-plan.js";
import { graphCode } from "./graph-code.js";

/** A plan as a graph, in three forms that say the same. */
export interface SavedPlan {
  readonly graph: Graph;
  /** What a graph file holds: as YAML or JSON it is read by `readGraph`, and `troupe run` runs it. */
  readonly file: Readonly<Record<string, Json>>;
  /** A module in TypeScript that exports the graph as its default. */
  readonly code: string;
}

/**
 * A plan that worked as a graph, so that no planner is asked again: the team's inputs that it uses are the graph's, of their types,
 * its tasks are nodes, its literals constants. `modules` says where a file finds each member: `{ shout: "./desk.ts#shout" }`.
 * @throws TroupeError `PLAN_UNSAVED` with issues where a graph cannot say it: a list put together of several answers, a field inside
 * an answer, an answer that goes to two outputs; or where the plan does not fit the team
 * @example
 * const { file } = savePlan(desk, plan, { shout: "./desk.ts#shout" });
 * await writeFile("desk.graph.json", JSON.stringify(file, null, 2));
 */
export function savePlan(team: Specialist, plan: Plan, modules: Readonly<Record<string, string>> = {}): SavedPlan {
  const { name, does, input, output } = team;
  const members = team.team?.members;
  if (!members) throw new TroupeError("TEAM_INVALID", `${name} is no team`, { hint: "A plan is saved for what `team(…)` gives." });
  const brief = briefOf({ request: does, members, input, output, spare: Object.keys(jsonSchemaOf(input, "output").properties ?? {}) });
  const issues = [...checkPlan(plan, brief), ...unsayable(plan)];
  if (issues.length > 0) throw unsaved(name, issues);
  const parts = partsOf(plan, brief);
  const nodes = Object.fromEntries(
    plan.tasks.map(({ id, member }) => [id, use(members.find((one) => one.name === member)!, parts.nodes[id] as object)]),
  );
  const state = Object.fromEntries(Object.entries(parts.state).map(([field, type]) => [field, fieldFrom(type)]));
  const head = { name, does, input: parts.input, output: Object.keys(plan.output), start: parts.start, edges: parts.edges };
  const graph = (defineGraph as (graph: object) => Graph)({ ...head, state, nodes });
  const found = check(graph);
  if (found.length > 0) throw unsaved(name, found);
  const file = {
    ...head,
    state: parts.state,
    nodes: Object.fromEntries(plan.tasks.map(({ id, member }) => [id, { use: modules[member] ?? `./${member}`, ...parts.nodes[id] }])),
  } as unknown as SavedPlan["file"];
  return { graph, file, code: graphCode(file, modules) };
}

const unsaved = (name: string, issues: readonly Issue[]) =>
  new TroupeError("PLAN_UNSAVED", `The plan of ${name} cannot be saved as a graph`, {
    issues,
    hint: "Let a member do what the graph cannot say, or let the team plan each time.",
  });

/** What a plan may say and a graph may not. */
function unsayable(plan: Plan): readonly Issue[] {
  const places: readonly (readonly [Issue["path"], Argument])[] = [
    ...plan.tasks.flatMap(({ args }, i) =>
      Object.entries(args).map(([name, value]): [Issue["path"], Argument] => [["tasks", i, "args", name], value]),
    ),
    ...Object.entries(plan.output).map(([name, value]): [Issue["path"], Argument] => [["output", name], value]),
  ];
  const issue = (path: Issue["path"], message: string): Issue => ({ code: "plan-unsayable", path, message });
  const answers = Object.values(plan.output).flatMap(refsOf);
  return places.flatMap(([path, value]) => {
    const refs = refsOf(value);
    if (!isRef(value) && refs.length > 0) return [issue(path, "A list is put together of several answers, which a node cannot do")];
    if (refs.some((ref) => ref.split(".").length > 2))
      return [issue(path, `"${refs[0]}" is a field inside an answer, which a node cannot read`)];
    if (path[0] !== "output") return [];
    if (answers.filter((ref) => ref === refs[0]).length > 1) return [issue(path, `"${refs[0]}" goes to two outputs`)];
    const [head, field] = refs[0]!.split(".");
    return head === "input" && field !== path[1] ? [issue(path, `An input goes to an output of another name, "${field}"`)] : [];
  });
}

interface Parts {
  readonly state: Record<string, JsonSchema>;
  readonly input: readonly string[];
  readonly nodes: Readonly<Record<string, { read?: Record<string, string>; write?: Record<string, string>; set?: Record<string, Json> }>>;
  readonly start: Json;
  readonly edges: Readonly<Record<string, Json>>;
}

function partsOf(plan: Plan, brief: Brief): Parts {
  const outputOf = new Map(Object.entries(plan.output).map(([name, value]) => [(value as { ref: string }).ref, name]));
  const fieldOf = (ref: string) => {
    const [head = "", field = ""] = ref.split(".");
    return outputOf.get(ref) ?? (head === "input" ? field : `${head}_${field}`);
  };
  const cards = new Map(plan.tasks.map((task) => [task.id, brief.members.find(({ name }) => name === task.member)!]));
  const used = [...plan.tasks.flatMap(({ args }) => Object.values(args).flatMap(refsOf)), ...outputOf.keys()];
  const input = Object.keys(brief.given).filter((name) => used.includes(`input.${name}`));
  const state: Record<string, JsonSchema> = {};
  for (const name of input) state[name] = brief.given[name]!.schema;
  for (const { id } of plan.tasks)
    for (const { name, schema, required } of Object.values(cards.get(id)!.gives))
      state[fieldOf(`${id}.${name}`)] = required ? schema : { optional: schema };
  const nodes = Object.fromEntries(
    plan.tasks.map(({ id, args }) => {
      const entries = Object.entries(args);
      const read = entries.flatMap(([name, value]) => (isRef(value) ? [[name, fieldOf(value.ref)] as const] : []));
      const set = entries.filter(([, value]) => !isRef(value)) as [string, Json][];
      const write = Object.keys(cards.get(id)!.gives).map((name) => [name, fieldOf(`${id}.${name}`)] as const);
      return [
        id,
        { read: Object.fromEntries(read), write: Object.fromEntries(write), ...(set.length ? { set: Object.fromEntries(set) } : {}) },
      ];
    }),
  );
  const next = (id: string) => plan.tasks.filter((task) => needsOf(task).includes(id)).map((task) => task.id);
  const edges = Object.fromEntries(plan.tasks.map(({ id }) => [id, next(id).length > 0 ? next(id) : "end"]));
  return { state, input, nodes, start: plan.tasks.filter((task) => needsOf(task).length === 0).map(({ id }) => id), edges };
}
