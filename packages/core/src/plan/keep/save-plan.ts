import { check } from "../../check/check.js";
import { TroupeError } from "../../error/error.js";
import type { Issue } from "../../error/issue.js";
import { fieldFrom } from "../../file/notation.js";
import { defineGraph, type Graph } from "../../graph/graph.js";
import { type Argument, isRef, type Plan, type Ref, refsOf } from "../../graph/plan.js";
import { use } from "../../graph/use.js";
import type { Json, JsonSchema } from "../../schema/json.js";
import { jsonSchemaOf } from "../../schema/schema.js";
import type { Specialist } from "../../specialist/specialist.js";
import { type Brief, briefOf } from "../brief.js";
import { checkPlan } from "../check-plan.js";
import { gather, gathered } from "./gather.js";
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
 * its tasks are nodes, its literals constants, and a list of several answers is put together by a node (`gather`). `modules` says where a file finds each member: `{ shout: "./desk.ts#shout" }`.
 * @throws TroupeError `PLAN_UNSAVED` with issues where a graph cannot say it: a field inside an answer, an answer that goes to two
 * outputs; or where the plan does not fit the team
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
    parts.steps.map(({ id, member, maps }) => [
      id,
      use(member === undefined ? gather : members.find((one) => one.name === member)!, maps as object),
    ]),
  );
  const state = Object.fromEntries(Object.entries(parts.state).map(([field, type]) => [field, fieldFrom(type)]));
  const head = { name, does, input: parts.input, output: Object.keys(plan.output), start: parts.start, edges: parts.edges };
  const graph = (defineGraph as (graph: object) => Graph)({ ...head, state, nodes });
  const found = check(graph);
  if (found.length > 0) throw unsaved(name, found);
  const file = {
    ...head,
    state: parts.state,
    nodes: Object.fromEntries(
      parts.steps.map(({ id, member, maps }) => [
        id,
        { use: member === undefined ? gathering : (modules[member] ?? `./${member}`), ...maps },
      ]),
    ),
  } as unknown as SavedPlan["file"];
  const lists = parts.steps.some(({ member }) => member === undefined);
  return { graph, file, code: graphCode(file, lists ? { ...modules, [gathering]: gathering } : modules) };
}

/** Where a file finds what puts lists together. */
const gathering = "@troupe/core#gather";

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
  const answers = Object.values(plan.output).flatMap((value) => (isRef(value) ? [value.ref] : []));
  return places.flatMap(([path, value]) => {
    const far = refsOf(value).find((ref) => ref.split(".").length > 2);
    if (far !== undefined) return [issue(path, `"${far}" is a field inside an answer, which a node cannot read`)];
    if (isGathered(value) && value.length > gathered.length)
      return [issue(path, `A list is put together of ${value.length} parts, more than ${gathered.length}`)];
    if (path[0] !== "output" || !isRef(value)) return [];
    if (answers.filter((ref) => ref === value.ref).length > 1) return [issue(path, `"${value.ref}" goes to two outputs`)];
    const [head, field] = value.ref.split(".");
    return head === "input" && field !== path[1] ? [issue(path, `An input goes to an output of another name, "${field}"`)] : [];
  });
}

/** Whether a value is a list put together of answers and inputs. */
const isGathered = (value: Argument): value is readonly (Ref | Json)[] => Array.isArray(value) && refsOf(value as Argument).length > 0;

/** A node of the graph in the making: a task, or what puts a list together. */
interface Step {
  readonly id: string;
  /** The member; undefined where it puts a list together. */
  readonly member?: string;
  readonly needs: readonly string[];
  readonly maps: { readonly read: Record<string, string>; readonly write: Record<string, string>; readonly set?: Record<string, Json> };
}

interface Parts {
  readonly state: Record<string, JsonSchema>;
  readonly input: readonly string[];
  readonly steps: readonly Step[];
  readonly start: Json;
  readonly edges: Readonly<Record<string, Json>>;
}

function partsOf(plan: Plan, brief: Brief): Parts {
  const outputOf = new Map(Object.entries(plan.output).flatMap(([name, value]) => (isRef(value) ? [[value.ref, name] as const] : [])));
  const fieldOf = (ref: string) => {
    const [head = "", field = ""] = ref.split(".");
    return outputOf.get(ref) ?? (head === "input" ? field : `${head}_${field}`);
  };
  const cards = new Map(plan.tasks.map((task) => [task.id, brief.members.find(({ name }) => name === task.member)!]));
  const used = [...plan.tasks.flatMap(({ args }) => Object.values(args)), ...Object.values(plan.output)].flatMap(refsOf);
  const input = Object.keys(brief.given).filter((name) => used.includes(`input.${name}`));
  const state: Record<string, JsonSchema> = {};
  for (const name of input) state[name] = brief.given[name]!.schema;
  for (const { id } of plan.tasks)
    for (const { name, schema, required } of Object.values(cards.get(id)!.gives))
      state[fieldOf(`${id}.${name}`)] = required ? schema : { optional: schema };

  /** The node that puts a list together, in the field that it gives. */
  const gathering = (id: string, value: readonly (Ref | Json)[], field: string): Step => ({
    id,
    needs: headsOf(value as Argument),
    maps: { ...mapsOf(value.map((one, i) => [gathered[i]!, one as Argument] as const)), write: { list: field } },
  });
  const mapsOf = (entries: readonly (readonly [string, Argument])[]) => {
    const read = entries.flatMap(([name, value]) => (isRef(value) ? [[name, fieldOf(value.ref)] as const] : []));
    const set = entries.filter(([, value]) => !isRef(value)) as [string, Json][];
    return { read: Object.fromEntries(read), ...(set.length ? { set: Object.fromEntries(set) } : {}) };
  };
  const steps = plan.tasks.flatMap(({ id, member, args }): Step[] => {
    const { takes, gives } = cards.get(id)!;
    const lists = Object.entries(args).flatMap(([name, value]) => {
      if (!isGathered(value)) return [];
      const field = `${id}_${name}_list`;
      state[field] = takes[name]!.schema;
      return [{ name, field, step: gathering(field, value, field) }];
    });
    const plain = Object.entries(args).filter(([, value]) => !isGathered(value));
    const { read, ...set } = mapsOf(plain);
    const needs = [...plain.flatMap(([, value]) => headsOf(value)), ...lists.map(({ step }) => step.id)];
    const write = Object.fromEntries(Object.keys(gives).map((name) => [name, fieldOf(`${id}.${name}`)]));
    const reads = { ...read, ...Object.fromEntries(lists.map(({ name, field }) => [name, field])) };
    return [...lists.map(({ step }) => step), { id, member, needs: [...new Set(needs)], maps: { read: reads, write, ...set } }];
  });
  for (const [name, value] of Object.entries(plan.output)) {
    if (!isGathered(value)) continue;
    state[name] = brief.wanted[name]?.schema ?? { type: "array" };
    steps.push(gathering(`${name}_list`, value, name));
  }
  const next = (id: string) => steps.filter(({ needs }) => needs.includes(id)).map((step) => step.id);
  const edges = Object.fromEntries(steps.map(({ id }) => [id, next(id).length > 0 ? next(id) : "end"]));
  return { state, input, steps, start: steps.filter(({ needs }) => needs.length === 0).map(({ id }) => id), edges };
}

/** The tasks that a value waits for. */
const headsOf = (value: Argument): readonly string[] => [
  ...new Set(refsOf(value).flatMap((ref) => (ref.startsWith("input.") ? [] : [ref.split(".")[0]!]))),
];
