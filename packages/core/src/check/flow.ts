import type { TestData } from "../graph/data.js";
import { fieldsOf } from "../graph/data.js";
import type { Issue } from "../graph/issue.js";
import { isOptional, jsonSchemaOf } from "../graph/schema.js";
import type { Check, Look } from "./look.js";
import { endlessNodes } from "./reachable.js";
import { type Unwritten, unwritten } from "./unwritten.js";

/** Fields that are read before anything wrote them on some way, and outputs that a run may end without. */
export const flow: Check = (look) => {
  const { mended, irreducible, live } = look;
  if (irreducible.length > 0 || live.size === 0) return [];
  const writes = surelyWritten(look);
  const every = Object.keys(mended.nodes);
  const given = new Set([...mended.input, ...Object.keys(mended.state).filter((field) => mended.state[field]!.reduce !== undefined)]);
  // What is written by nodes that nothing leads to, or that lead nowhere, may be missing because of that, which is named already.
  for (const node of every) if (!live.has(node) || look.adrift.has(node)) for (const field of writesOf(look, node)) given.add(field);
  const ways = unwritten(mended, writes);
  return [...reads(look, given, ways), ...outputs(look, given, ways)];
};

function reads(look: Look, given: ReadonlySet<string>, ways: Unwritten): Issue[] {
  const { mended, eaches, live } = look;
  return [...live].flatMap((node): Issue[] => {
    const { read, write, optional } = mended.nodes[node]!;
    const as = eaches.get(node)?.as;
    const inputs = Object.entries(read).filter(([input, field]) => !optional.includes(input) && field !== as);
    const issues: Issue[] = [];
    const asked = new Set<string>();
    const ask = (field: string, path: Issue["path"], what: string, how: string) => {
      if (given.has(field) || asked.has(field) || !Object.hasOwn(mended.state, field) || !ways.before(node, field)) return;
      asked.add(field);
      const writers = Object.keys(mended.nodes).filter((n) => n !== node && live.has(n) && writesOf(look, n).includes(field));
      const message = `"${node}" ${what} "${field}", which ${writers.length ? `${writers.join(", ")} may not have written yet` : "nothing writes before it"}.`;
      issues.push({
        code: "read-unwritten",
        path,
        message,
        hint: `Let every way to ${node} write "${field}", make it an input of the graph, ${how}.`,
      });
    };
    for (const [input, field] of inputs) ask(field, ["nodes", node, "read", input], "reads", "or make the input optional");
    const own = new Set(look.unknown.has(node) ? Object.keys(mended.state) : Object.values(write));
    for (const field of ruleReads(look, node))
      if (!own.has(field)) ask(field, ["edges", node], "routes by", "or ask whether it exists first");
    return issues;
  });
}

/** What a rule needs to be there: a test of whether a field exists, alone or beside others, needs nothing. */
function ruleReads({ mended }: Look, node: string): readonly string[] {
  const rule = mended.edges[node];
  if (!rule) return [];
  if (rule.kind !== "when") return fieldsOf(rule, mended.conditions);
  return rule.cases.flatMap(({ when }) =>
    typeof when === "string"
      ? (mended.conditions[when] ?? [])
      : Object.entries(when).flatMap(([field, test]: [string, TestData]) =>
          test.exists === undefined && test.not === undefined ? [field] : [],
        ),
  );
}

function outputs(look: Look, given: ReadonlySet<string>, ways: Unwritten): Issue[] {
  const { mended, live, graph } = look;
  if (endlessNodes(look).length > 0) return [];
  return [...new Set(mended.output)].flatMap((field): Issue[] => {
    if (given.has(field) || !Object.hasOwn(mended.state, field)) return [];
    const path = ["output", mended.output.indexOf(field)];
    const writers = [...live].filter((node) => writesOf(look, node).includes(field));
    if (
      writers.length === 0 &&
      Object.values(mended.edges).every((rule) => rule.kind !== "each" || !Object.values(rule.collect).includes(field))
    ) {
      const message = `Nothing writes the output "${field}".`;
      return [{ code: "output-unwritten", path, message, hint: `Let a node write "${field}", or take it out of output.` }];
    }
    const schema = graph?.state[field];
    if (schema && !("reduce" in schema) && isOptional(schema)) return [];
    if (!ways.atEnd(field)) return [];
    const message = `A run may end without the output "${field}": not every way passes ${writers.join(" or ") || "what writes it"}.`;
    return [{ code: "output-missing", path, message, hint: `Let every way to the end write "${field}", or make it optional in state.` }];
  });
}

/** Fields a node may write to the state. What runs once an item writes to its item only, and to what collects. */
function writesOf({ mended, eaches, unknown }: Look, node: string): readonly string[] {
  const each = eaches.get(node);
  // What a specialist writes whose fields are not known may be anything.
  if (!each && unknown.has(node)) return Object.keys(mended.state);
  return Object.values(each ? each.collect : mended.nodes[node]!.write);
}

/** Fields each node writes whenever it completes: not those of outputs it may leave out. */
function surelyWritten(look: Look): Record<string, ReadonlySet<string>> {
  return Object.fromEntries(
    Object.entries(look.mended.nodes).map(([node, { write }]) => {
      if (look.unknown.has(node)) return [node, new Set(writesOf(look, node))] as const;
      const output = look.graph?.nodes[node] && jsonSchemaOf(look.graph.nodes[node].specialist.output, "output");
      const sure = Object.entries(write).filter(([key]) => !output?.properties?.[key] || output.required?.includes(key));
      return [node, new Set(sure.map(([, field]) => field))] as const;
    }),
  );
}
