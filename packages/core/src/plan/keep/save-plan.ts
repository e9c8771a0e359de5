import { check } from "../../check/check.js";
import { TroupeError } from "../../error/error.js";
import type { Issue } from "../../error/issue.js";
import { optionInvalid, refuseUnknown } from "../../error/option-invalid.js";
import { fieldFrom } from "../../file/notation.js";
import { defineGraph, type Graph } from "../../graph/graph.js";
import { type Argument, isPlan, isRef, type Plan, parted, type Ref, refsOf } from "../../graph/plan.js";
import { use } from "../../graph/use.js";
import type { Json, JsonSchema } from "../../schema/json.js";
import { isMarked } from "../../schema/mark.js";
import { isRecord, say } from "../../schema/say.js";
import { jsonSchemaOf } from "../../schema/schema.js";
import type { Specialist } from "../../specialist/specialist.js";
import { type Brief, briefOf } from "../brief.js";
import { checkPlan } from "../check-plan.js";
import { slotsOf } from "../slot.js";
import { teamOf } from "../team-of.js";
import { type FieldNames, fieldNames } from "./field-names.js";
import { gather, gathered } from "./gather.js";
import { graphCode } from "./graph-code.js";
import { headsOf } from "./heads-of.js";
import { isGathered } from "./is-gathered.js";
import { leavingOut } from "./leaving-out.js";
import { nodeNames } from "./node-names.js";
import { plainOutputs } from "./plain-outputs.js";
import { unsayable } from "./unsayable.js";
import { withParameters } from "./with-parameters.js";

/** A plan as a graph, in three forms that say the same. */
export interface SavedPlan {
  readonly graph: Graph;
  /** What a graph file holds: as YAML or JSON it is read by `readGraph`, and `troupe run` runs it. */
  readonly file: Readonly<Record<string, Json>>;
  /** A module in TypeScript that exports the graph as its default. */
  readonly code: string;
}

/** How a plan is saved. */
export interface SaveOptions {
  /** What the plan was made for, in words: what it says and the plan has as literals becomes inputs of the graph. */
  readonly request?: string;
  /** Where a file finds each member: `{ shout: "./desk.ts#shout" }`. */
  readonly modules?: Readonly<Record<string, string>>;
  /** Places of the plan that are guesses, as planning tells: a comment in the file and the code names them. */
  readonly guesses?: readonly string[];
}

/**
 * A plan that worked as a graph, so that no planner is asked again: the team's inputs that it uses are the graph's, of their types,
 * its tasks are nodes, and a list of several answers is put together by a node (`gather`). What the `request` said (a language, a number,
 * a day, an address) is an input too, named after the argument that it fills, of its type and marks, with what was said for a default;
 * so is the whole of an object or a list that holds it, since a node reads whole fields. Other literals are constants.
 * @throws TroupeError `PLAN_UNSAVED` with issues where a graph cannot say it: a field inside an answer, an answer that goes to two
 * outputs, an input that is read where an output has taken its name, or that has another type or other marks than this; or where the plan does not fit the team
 * @example
 * const { file } = savePlan(desk, plan, { request: "Translate this into Danish", modules: { translate: "./desk.ts#translate" } });
 * await writeFile("desk.graph.json", JSON.stringify(file, null, 2)); // its inputs are `text` and `language`, by default "Danish"
 */
export function savePlan(team: Specialist, made: Plan, options: SaveOptions = {}): SavedPlan {
  const { request = "", modules = {}, guesses = [] } = heldOptions(options);
  const whole = teamOf(team, "A plan is saved for what `team(…)` gives.");
  const {
    name,
    does,
    input,
    output,
    team: { members, compose },
  } = whole;
  const brief = briefOf({
    request: `${does}\n${request}`,
    members,
    input,
    output,
    spare: Object.keys(jsonSchemaOf(input, "output").properties ?? {}),
    vouched: vouchedFor(whole, request),
    ...(compose ? { compose } : {}),
  });
  const issues = [...checkPlan(made, brief), ...(isPlan(made) ? unsayable(made, brief) : [])];
  if (issues.length > 0) throw unsaved(name, issues);
  const outputs = plainOutputs(made, brief, request);
  const own = nodeNames(withOutputs(made, outputs));
  const names = fieldNames(own, brief);
  const { plan, parameters } = withParameters(own, brief, request, names.all);
  const given = slotsOf(jsonSchemaOf(input, "output"));
  const parts = partsOf(plan, { ...brief, given }, parameters, names);
  const nodes = Object.fromEntries(
    parts.steps.map(({ id, member, maps }) => [id, use(members.find((one) => one.name === member) ?? gather, maps as object)]),
  );
  const state = Object.fromEntries(Object.entries(parts.state).map(([field, type]) => [field, fieldFrom(type)]));
  const head = { name, does, input: parts.input, output: Object.keys(plan.output), start: parts.start, edges: parts.edges };
  const graph = (defineGraph as (graph: object) => Graph)({ ...head, state, nodes });
  const found = check(graph);
  if (found.length > 0) throw unsaved(name, found);
  const where = (member: string | undefined) => (member === undefined ? gathering : (modules[member] ?? `./${member}`));
  const file = {
    ...(guesses.length > 0 ? { $comment: guessed(guesses, outputs) } : {}),
    ...head,
    state: parts.state,
    nodes: Object.fromEntries(parts.steps.map(({ id, member, maps }) => [id, { use: where(member), ...maps }])),
  } as unknown as SavedPlan["file"];
  return { graph, file, code: graphCode(file, Object.fromEntries(parts.steps.map(({ member }) => [member ?? gathering, where(member)]))) };
}

function heldOptions(options: SaveOptions): SaveOptions {
  if (!isRecord(options)) throw optionInvalid("savePlan", "options", `is ${say(options)}`, "Write an object of request, modules, guesses.");
  refuseUnknown("savePlan", options, ["request", "modules", "guesses"]);
  const { request = "", modules = {}, guesses = [] } = options as SaveOptions;
  const held = (name: string, given: unknown, form: string, fits: boolean) => {
    if (!fits) throw optionInvalid("savePlan", name, `is ${say(given)}, where ${form} belongs`, "See what savePlan takes.");
  };
  held("request", request, "a text", typeof request === "string");
  held("modules", modules, "an object", isRecord(modules));
  for (const [name, from] of Object.entries(modules)) held(`modules.${name}`, from, "a text", typeof from === "string");
  held("guesses", guesses, "a list of places", Array.isArray(guesses) && [...guesses].every((one) => typeof one === "string"));
  return { request, modules, guesses };
}

const withOutputs = ({ tasks, output }: Plan, names: Readonly<Record<string, string>>): Plan => ({
  tasks,
  output: Object.fromEntries(Object.entries(output).map(([name, value]) => [names[name] ?? name, value])),
});

function guessed(guesses: readonly string[], outputs: Readonly<Record<string, string>>): string {
  const places = guesses.map((place) => {
    const [owner, field] = parted(place);
    return owner === "output" ? `output.${outputs[field] ?? field}` : place;
  });
  return `This plan was a guess, at ${[...new Set(places)].join(", ")}: look whether it is what is meant.`;
}

/** What the author said, and the request where it is what the team is for or is marked as trusted. */
function vouchedFor({ does, input, team }: ReturnType<typeof teamOf>, request: string): string {
  const field = team.request;
  const trusted = field === undefined || isMarked(jsonSchemaOf(input, "output").properties?.[field] ?? {}, "trusted");
  return trusted ? `${does}\n${request}` : does;
}

/** Where a file finds what puts lists together. */
const gathering = "@troupe/core#gather";

const unsaved = (name: string, issues: readonly Issue[]) =>
  new TroupeError("PLAN_UNSAVED", `The plan of ${name} cannot be saved as a graph`, {
    issues,
    hint: "Let a member do what the graph cannot say, or let the team plan each time.",
  });

/** A node of the graph in the making: a task, or what puts a list together. */
export interface Step {
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

/** Whether an input that the team need not be given is taken by nothing that needs it. */
function mayLack(name: string, { tasks, output }: Plan, { given, members }: Brief): boolean {
  const reads = (value: Argument) => refsOf(value).includes(`input.${name}`);
  const needs = tasks.some(({ member, args }) => {
    const takes = members.find((one) => one.name === member)?.takes;
    return Object.entries(args).some(([argument, value]) => isRef(value) && reads(value) && takes?.[argument]?.required);
  });
  return !given[name]?.required && !needs && !Object.values(output).some(reads);
}

function partsOf(plan: Plan, brief: Brief, parameters: Readonly<Record<string, JsonSchema>>, names: FieldNames): Parts {
  const tasks = plan.tasks.flatMap((task) => {
    const card = brief.members.find(({ name }) => name === task.member);
    return card ? [{ ...task, card }] : [];
  });
  const used = [...plan.tasks.flatMap(({ args }) => Object.values(args)), ...Object.values(plan.output)].flatMap(refsOf);
  const given = Object.entries(brief.given).filter(([name]) => used.includes(`input.${name}`));
  const state: Record<string, JsonSchema> = {};
  for (const [name, { schema }] of given) state[name] = mayLack(name, plan, brief) ? { optional: schema } : schema;
  Object.assign(state, parameters);
  for (const { id, card } of tasks)
    for (const { name, schema, required } of Object.values(card.gives))
      state[names.of(`${id}.${name}`)] = required ? schema : { optional: schema };

  /** The node that puts a list together, in the field that it gives. */
  const gathering = (id: string, value: readonly (Ref | Json)[], field: string): Step => ({
    id,
    needs: headsOf(value as Argument),
    maps: { ...mapsOf(value.map((one, i) => [gathered[i]!, one as Argument] as const)), write: { list: field } },
  });
  const mapsOf = (entries: readonly (readonly [string, Argument])[]) => {
    const read = entries.flatMap(([name, value]) => (isRef(value) ? [[name, names.of(value.ref)] as const] : []));
    const set = entries.filter(([, value]) => !isRef(value)) as [string, Json][];
    return { read: Object.fromEntries(read), ...(set.length ? { set: Object.fromEntries(set) } : {}) };
  };
  const made = tasks.flatMap(({ id, member, args, card: { takes, gives } }): Step[] => {
    const lists = Object.entries(args).flatMap(([name, value]) => {
      if (!isGathered(value)) return [];
      const field = names.list(id, name);
      state[field] = takes[name]?.schema ?? { type: "array" };
      return [{ name, field, step: gathering(field, value, field) }];
    });
    const plain = Object.entries(args).filter(([, value]) => !isGathered(value));
    const { read, ...set } = mapsOf(plain);
    const needs = [...plain.flatMap(([, value]) => headsOf(value)), ...lists.map(({ step }) => step.id)];
    const write = Object.fromEntries(Object.keys(gives).map((name) => [name, names.of(`${id}.${name}`)]));
    const reads = { ...read, ...Object.fromEntries(lists.map(({ name, field }) => [name, field])) };
    return [...lists.map(({ step }) => step), { id, member, needs: [...new Set(needs)], maps: { read: reads, write, ...set } }];
  });
  for (const [name, value] of Object.entries(plan.output)) {
    if (!isGathered(value)) continue;
    state[name] = brief.wanted[name]?.schema ?? { type: "array" };
    made.push(gathering(names.outputList(name), value, name));
  }
  const lists = Object.fromEntries(gathered.map((name) => [name, { schema: {} }]));
  const steps = leavingOut(made, ({ member }) => brief.members.find(({ name }) => name === member)?.takes ?? lists, state);
  const next = (id: string) => steps.filter(({ needs }) => needs.includes(id)).map((step) => step.id);
  const edges = Object.fromEntries(steps.map(({ id }) => [id, next(id).length > 0 ? next(id) : "end"]));
  return {
    state,
    input: [...given.map(([name]) => name), ...Object.keys(parameters)],
    steps,
    start: steps.filter(({ needs }) => needs.length === 0).map(({ id }) => id),
    edges,
  };
}
