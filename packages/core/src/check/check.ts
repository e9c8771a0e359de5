import type { Issue } from "../error/issue.js";
import { dataOf, type GraphData, isData } from "../graph/data.js";
import type { Graph } from "../graph/graph.js";
import type { Specialist } from "../specialist/specialist.js";
import { abilities } from "./abilities.js";
import { comparisons } from "./comparisons.js";
import { eachTypes } from "./each-types.js";
import { edges } from "./edges.js";
import { fieldTypes } from "./field-types.js";
import { fields } from "./fields.js";
import { flow } from "./flow.js";
import { type Form, malformed } from "./form/finding.js";
import { graphForm } from "./form/graph-form.js";
import { specialistForm } from "./form/specialist-form.js";
import { labels } from "./labels.js";
import { legible } from "./legible.js";
import { type Check, lookAt } from "./look.js";
import { loops } from "./loops.js";
import { marks } from "./marks.js";
import { isReserved, names } from "./names.js";
import { races } from "./races.js";
import { endless, unreachable } from "./reachable.js";
import { targets } from "./targets.js";

/** Every check of a graph, in the order their findings are listed. */
const checks: readonly Check[] = [
  names,
  targets,
  edges,
  fields,
  fieldTypes,
  eachTypes,
  comparisons,
  labels,
  loops,
  unreachable,
  endless,
  flow,
  races,
  marks,
  abilities,
];

/**
 * All that is wrong with a graph; nothing where it can run. Graphs used as specialists are checked too, their nodes' path in front.
 * Never throws, whatever untyped code gives. One mistake gives one issue where that can be told.
 *
 * @example
 * for (const issue of check(graph)) console.log(formatIssue(issue));
 */
export function check(graph: Graph): readonly Issue[] {
  const known = found.get(graph);
  if (known) return known;
  const issues = Object.freeze(issuesOf(graph));
  if (Object(graph) === graph && Object.isFrozen(graph)) found.set(graph, issues);
  return issues;
}

/** What was found in graphs that can't change. */
const found = new WeakMap<Graph, readonly Issue[]>();

function issuesOf(graph: Graph): readonly Issue[] {
  const form = formOf(graph);
  // Of a graph that is not of its form nothing more can be told.
  if (form.some(({ code }) => code === "malformed")) return form;
  const { graph: readable, issues, unknown } = legible(graph);
  const nested = new Map<Graph, Issue[]>();
  for (const [node, { specialist }] of Object.entries(graph.nodes)) {
    // A graph that stands at several nodes is looked at once.
    if (!specialist.graph || nested.has(specialist.graph)) continue;
    nested.set(
      specialist.graph,
      inFront(
        ["nodes", node, "graph"],
        check(specialist.graph).filter(({ code }) => code !== "unknown-option"),
      ),
    );
  }
  return [...form, ...issues, ...look(dataOf(readable), readable, unknown), ...[...nested.values()].flat()];
}

/** What is not of its form, in the graphs inside too; one that stands in several places is looked at once. */
const formOf = (graph: Graph): readonly Issue[] => formOnce()(graph, []);

function formOnce(): Form {
  const seen = new Set<unknown>();
  const inner: Form = (one, path) => {
    if (seen.has(one)) return [];
    seen.add(one);
    return graphForm(one, path, inner);
  };
  return inner;
}

/** As `check`, of a specialist that stands in no graph: what is not of its form, and the issues of the graph that it is. */
export function checkSpecialist(specialist: Specialist): readonly Issue[] {
  const form = specialistForm(specialist, [], formOnce());
  if (!specialist?.graph || form.some(({ code }) => code === "malformed")) return form;
  return [
    ...form,
    ...inFront(
      ["graph"],
      check(specialist.graph).filter(({ code }) => code !== "unknown-option"),
    ),
  ];
}

/**
 * As `check`, of a graph's data alone: what specialists take and give is not known, so types of fields are not held together.
 *
 * @example
 * const issues = checkData(JSON.parse(text)); // a graph as a journal holds it
 */
export function checkData(data: GraphData): readonly Issue[] {
  if (!isData(data)) return malformed([], "The graph's data", data, "Give what a journal holds of a graph: dataOf(graph).");
  const nested = Object.entries(data.nodes).flatMap(([node, { graph }]) =>
    graph ? inFront(["nodes", node, "graph"], checkData(graph)) : [],
  );
  return [...look(data), ...nested];
}

function look(data: GraphData, graph?: Graph, unknown?: ReadonlySet<string>): readonly Issue[] {
  // Nodes of such names can't be told from what the names stand for.
  const allowed = <T>(record: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(record).filter(([node]) => !isReserved(node)));
  const { nodes, edges, loops } = data;
  const view = lookAt({ ...data, nodes: allowed(nodes), edges: allowed(edges), loops: allowed(loops) }, graph, unknown);
  return checks.flatMap((one) => one(one === names ? { ...view, data } : view));
}

const inFront = (path: Issue["path"], issues: readonly Issue[]) => issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
