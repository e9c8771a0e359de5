import type { Issue } from "../../error/issue.js";
import { isRecord, isSchema, type Plain } from "../../schema/say.js";
import { type Form, isText, isTexts, malformed, type Path, unknownOptions } from "./finding.js";
import { rule, targets } from "./rule-form.js";
import { node } from "./specialist-form.js";

const parts = ["name", "does", "state", "input", "output", "nodes", "conditions", "reducers", "loops", "start", "edges"];

/** What is not of its form in a graph, as untyped code may make one, and options that nothing knows. */
export function graphForm(value: unknown, path: Path, inner: Form): readonly Issue[] {
  const hint = "Give what defineGraph({ … }) returns.";
  if (!isRecord(value)) return malformed(path, "The graph", value, hint);
  // `defineGraph` fills these in, so that whoever did not write them is not told to.
  if ([value.conditions, value.reducers, value.loops].includes(undefined))
    return [{ code: "malformed", path, message: "The graph is an object that defineGraph did not make.", hint }];
  const { name, does, state, input, output, nodes, conditions, reducers, loops, start, edges } = value;
  const at = (key: string) => [...path, key];
  const names = (part: unknown, key: string) =>
    isTexts(part) ? [] : malformed(at(key), `The graph's ${key}`, part, `List the names of state fields: ${key}: ["ticket"].`);
  const record = (part: unknown, key: string, form: Form, hint: string) =>
    isRecord(part)
      ? Object.entries(part).flatMap(([of, one]) => form(one, [...at(key), of]))
      : malformed(at(key), `What stands in ${key}`, part, hint);
  return [
    ...unknownOptions("defineGraph", value, parts, path),
    ...(isText(name) && name ? [] : malformed(at("name"), "The graph's name", name, 'Name it: name: "desk".')),
    ...(does === undefined || isText(does)
      ? []
      : malformed(at("does"), "What the graph does", does, "Say it in a sentence, or leave it out.")),
    ...record(state, "state", field, "Give its fields, each a schema: state: { ticket: z.string() }."),
    ...names(input, "input"),
    ...names(output, "output"),
    ...record(nodes, "nodes", (one, of) => node(one, of, inner), "Give each node its specialist: nodes: { triage }."),
    ...record(conditions, "conditions", condition, 'Write conditions: { long: { reads: ["text"], test: ({ text }) => … } }.'),
    ...record(reducers, "reducers", reducer, "Write reducers: { longest: (a, b) => … }."),
    ...record(loops, "loops", loop, 'Write loops: { head: { max: 3, then: "end" } }.'),
    ...targets(start, at("start")),
    ...record(edges, "edges", rule, 'Say where each node leads: edges: { triage: "end" }.'),
  ];
}

const field: Form = (value, path) => {
  if (isSchema(value)) return [];
  const { reduce, schema } = Object(value) as Plain;
  if (isRecord(value) && isText(reduce) && isSchema(schema)) return [];
  return malformed(path, "The field's schema", value, "Give a schema, z.string() for one, or append(…), sum(…), reduced(…).");
};

const condition: Form = (value, path) => {
  const { reads, test } = Object(value) as Plain;
  if (!isRecord(value) || !isTexts(reads) || typeof test !== "function")
    return malformed(path, "The condition", value, 'Write { reads: ["text"], test: ({ text }) => … }.');
  return unknownOptions("the condition", value, ["reads", "test"], path);
};

const reducer: Form = (value, path) =>
  typeof value === "function" ? [] : malformed(path, "The reducer", value, "Write (total, next) => ….");

const loop: Form = (value, path) => {
  if (!isRecord(value) || typeof value.max !== "number") return malformed(path, "The loop", value, 'Write { max: 3, then: "end" }.');
  return [...unknownOptions("the loop", value, ["max", "then"], path), ...targets(value.then, [...path, "then"])];
};
