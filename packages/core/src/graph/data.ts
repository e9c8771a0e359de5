import { TroupeError } from "../error/error.js";
import type { Json, JsonSchema } from "../schema/json.js";
import { type ObjectFields, objectFields } from "../schema/object-fields.js";
import { isRecord, say } from "../schema/say.js";
import { jsonSchemaOf, type Schema } from "../schema/schema.js";
import { END, type Graph, type Rule, type Targets } from "./graph.js";
import type { Reduced } from "./reducer.js";

/** A test of one field, written out. */
export interface TestData {
  readonly eq?: Json;
  readonly not?: Json;
  readonly in?: readonly Json[];
  readonly lt?: number;
  readonly lte?: number;
  readonly gt?: number;
  readonly gte?: number;
  readonly exists?: boolean;
}

/** A rule in its one canonical form; targets are always lists, `end` left in. */
export type RuleData =
  | { readonly kind: "to"; readonly to: readonly string[] }
  | {
      readonly kind: "by";
      readonly by: string;
      readonly to: Readonly<Record<string, readonly string[]>>;
      readonly otherwise?: readonly string[];
    }
  | {
      readonly kind: "when";
      readonly cases: readonly { readonly when: string | Readonly<Record<string, TestData>>; readonly to: readonly string[] }[];
      readonly otherwise?: readonly string[];
    }
  | {
      readonly kind: "each";
      readonly each: string;
      readonly as: string;
      readonly to: string;
      readonly collect: Readonly<Record<string, string>>;
      readonly then: readonly string[];
      readonly atOnce?: number;
    };

export interface FieldData {
  /** Of the whole value for a plain field, of one contribution for a reduced one. */
  readonly schema: JsonSchema;
  readonly reduce?: string;
}

export interface NodeData {
  readonly specialist: string;
  /** Input field -> state field, for every input field not bound by `set`. */
  readonly read: Readonly<Record<string, string>>;
  /** Output field -> state field, for every output field. */
  readonly write: Readonly<Record<string, string>>;
  readonly set: Readonly<Record<string, Json>>;
  /** Input fields that may be missing. */
  readonly optional: readonly string[];
  readonly timeout?: number;
  readonly graph?: GraphData;
  /** Names of a team's members. */
  readonly members?: readonly string[];
}

/** A graph as plain JSON, canonical: what the engine runs, the checks read and the journal keeps. */
export interface GraphData {
  readonly name: string;
  readonly state: Readonly<Record<string, FieldData>>;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly nodes: Readonly<Record<string, NodeData>>;
  readonly conditions: Readonly<Record<string, readonly string[]>>;
  readonly reducers: readonly string[];
  readonly loops: Readonly<Record<string, { readonly max: number; readonly then: readonly string[] }>>;
  readonly start: readonly string[];
  readonly edges: Readonly<Record<string, RuleData>>;
}

/** Where a rule can lead, one list an outcome, `end` left out. An `each` leads to its node, or past it for an empty list. */
export function outcomesOf(rule: RuleData): readonly (readonly string[])[] {
  const lists =
    rule.kind === "to"
      ? [rule.to]
      : rule.kind === "by"
        ? [...Object.values(rule.to), ...(rule.otherwise ? [rule.otherwise] : [])]
        : rule.kind === "when"
          ? [...rule.cases.map((c) => c.to), ...(rule.otherwise ? [rule.otherwise] : [])]
          : [[rule.to], rule.then];
  return lists.map((list) => list.filter((target) => target !== END));
}

/** Whether something may be a graph's data: `dataOf` makes the whole of it. */
export function isData(value: unknown): value is GraphData {
  if (!isRecord(value)) return false;
  const { state, nodes, edges, conditions, loops } = value;
  return [value.input, value.output, value.start].every(Array.isArray) && [state, nodes, edges, conditions, loops].every(isRecord);
}

/** The state fields a rule looks at. */
export function fieldsOf(rule: RuleData, conditions: GraphData["conditions"]): readonly string[] {
  if (rule.kind === "to") return [];
  if (rule.kind === "by") return [rule.by];
  if (rule.kind === "each") return [rule.each];
  return [...new Set(rule.cases.flatMap(({ when }) => (typeof when === "string" ? (conditions[when] ?? []) : Object.keys(when))))];
}

const list = (targets: Targets | undefined): readonly string[] =>
  targets === undefined ? [] : typeof targets === "string" ? [targets] : [...targets];

/** A rule in its canonical form. Accepts what the types allow; graphs from files are held against the JSON Schema first. */
function ruleData(rule: Rule): RuleData {
  if (typeof rule === "string") return { kind: "to", to: [rule] };
  if (Array.isArray(rule)) {
    if (rule.every((r) => typeof r === "string")) return { kind: "to", to: [...rule] };
    const cases = rule.flatMap((r) => ("when" in r ? [{ when: testsOf(r.when), to: list(r.to) }] : []));
    const last = rule.find((r) => "otherwise" in r);
    return { kind: "when", cases, ...(last ? { otherwise: list(last.otherwise) } : {}) };
  }
  const one = rule as Record<string, any>;
  if ("by" in one) {
    const to = Object.fromEntries(Object.entries(one.to as Record<string, Targets>).map(([label, targets]) => [label, list(targets)]));
    return { kind: "by", by: one.by, to, ...(one.otherwise === undefined ? {} : { otherwise: list(one.otherwise) }) };
  }
  return {
    kind: "each",
    each: one.each,
    as: one.as,
    to: one.to,
    collect: { ...one.collect },
    then: list(one.then),
    ...(one.atOnce === undefined ? {} : { atOnce: one.atOnce }),
  };
}

function testsOf(when: unknown): string | Record<string, TestData> {
  if (typeof when === "string") return when;
  return Object.fromEntries(
    Object.entries(when as Record<string, unknown>).map(([field, test]) => [
      field,
      typeof test === "object" && test !== null ? (test as TestData) : { eq: test as Json },
    ]),
  );
}

const none: ObjectFields = { properties: {}, required: [] };

const written = new WeakMap<Graph, GraphData>();

/**
 * A graph as plain JSON; one that can't change is written out once.
 *
 * @throws TroupeError `GRAPH_INVALID` for what is none
 * @example
 * JSON.stringify(dataOf(graph)); // what a journal keeps
 */
export function dataOf(graph: Graph): GraphData {
  const known = written.get(graph);
  if (known) return known;
  const data = write(graph);
  if (Object.isFrozen(graph)) written.set(graph, data);
  return data;
}

function write(graph: Graph): GraphData {
  const parts = Object(graph) as Record<string, unknown>;
  if (!["state", "nodes", "conditions", "reducers", "loops", "edges"].every((part) => isRecord(parts[part])))
    throw new TroupeError("GRAPH_INVALID", `What is to be data is no graph: it is ${say(graph)}`, {
      hint: "Give what defineGraph({ … }) returns; `check` says what is wrong with it.",
    });
  return {
    name: graph.name,
    state: Object.fromEntries(Object.entries(graph.state).map(([name, field]) => [name, fieldData(field)])),
    input: graph.input,
    output: graph.output,
    nodes: Object.fromEntries(
      Object.entries(graph.nodes).map(([name, { specialist, read, write, set, timeout = specialist.timeout }]) => {
        const takes = objectFields(jsonSchemaOf(specialist.input, "input")) ?? none;
        const gives = objectFields(jsonSchemaOf(specialist.output, "output")) ?? none;
        const inputs = Object.keys(takes.properties).filter((field) => !Object.hasOwn(set, field));
        const required = new Set(takes.required);
        return [
          name,
          {
            specialist: specialist.name,
            read: { ...Object.fromEntries(inputs.map((field) => [field, field])), ...read },
            write: { ...Object.fromEntries(Object.keys(gives.properties).map((field) => [field, field])), ...write },
            set: set as Record<string, Json>,
            optional: inputs.filter((field) => !required.has(field)),
            ...(timeout === undefined ? {} : { timeout }),
            ...(specialist.graph ? { graph: dataOf(specialist.graph) } : {}),
            ...(specialist.team ? { members: specialist.team.members.map(({ name }) => name) } : {}),
          },
        ];
      }),
    ),
    conditions: Object.fromEntries(Object.entries(graph.conditions).map(([name, { reads }]) => [name, reads])),
    reducers: Object.keys(graph.reducers),
    loops: Object.fromEntries(Object.entries(graph.loops).map(([head, { max, then }]) => [head, { max, then: list(then) }])),
    start: list(graph.start),
    edges: Object.fromEntries(Object.entries(graph.edges).map(([node, rule]) => [node, ruleData(rule)])),
  };
}

function fieldData(field: Schema | Reduced): FieldData {
  return "reduce" in field
    ? { schema: jsonSchemaOf(field.schema, "output"), reduce: field.reduce }
    : { schema: jsonSchemaOf(field, "output") };
}
