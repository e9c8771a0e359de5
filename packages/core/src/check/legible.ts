import type { TroupeError } from "../error/error.js";
import type { Issue } from "../error/issue.js";
import type { Graph } from "../graph/graph.js";
import type { Use } from "../graph/signature.js";
import type { JsonSchema } from "../schema/json.js";
import { nameOf } from "../schema/misfits.js";
import { objectFields } from "../schema/object-fields.js";
import { jsonSchemaOf, type Schema } from "../schema/schema.js";
import { fieldsSchema } from "../specialist/specialist.js";

/** A graph every schema of which can be written as JSON Schema, what stood in the way, and the nodes whose fields are not known for it. */
export interface Legible {
  readonly graph: Graph;
  readonly issues: readonly Issue[];
  readonly unknown: ReadonlySet<string>;
}

/** Finds schemas that can't be written as JSON Schema, or that change what they take, and puts one that says nothing in their place. */
export function legible(graph: Graph): Legible {
  const issues: Issue[] = [];
  const unknown = new Set<string>();
  const state = Object.fromEntries(
    Object.entries(graph.state).map(([name, field]) => {
      const issue = stateIssue(name, "reduce" in field ? field.schema : field);
      if (!issue) return [name, field];
      issues.push(issue);
      return [name, "reduce" in field ? { ...field, schema: anything } : anything];
    }),
  );
  const nodes = Object.fromEntries(
    Object.entries(graph.nodes).map(([name, use]): [string, Use] => {
      const { specialist } = use;
      if (specialist.graph) {
        // Its schemas are made of its own state: what cannot be written is named there.
        const { graph: inner } = legible(specialist.graph);
        if (inner !== specialist.graph) {
          const [input, output] = [fieldsSchema(inner, inner.input), fieldsSchema(inner, inner.output)];
          return [name, { ...use, specialist: { ...specialist, graph: inner, input, output } }];
        }
      }
      const [takes, gives] = [said(specialist.input, "input"), said(specialist.output, "output")];
      const sides = [["input", takes] as const, ["output", gives] as const];
      for (const [side, one] of sides) {
        if ("json" in one) {
          if (!objectFields(one.json)) issues.push(fieldless(name, specialist.name, side, one.json));
          continue;
        }
        issues.push({
          code: "schema-opaque",
          path: ["nodes", name],
          names: { specialist: [specialist.name], node: [name] },
          message: `The ${side} schema of ${specialist.name} can't be written as JSON Schema: ${one.why}.`,
          hint: one.hint,
        });
      }
      if (sides.every(([, one]) => "json" in one && objectFields(one.json))) return [name, use];
      unknown.add(name);
      const [input, output] = ["json" in takes ? specialist.input : anything, "json" in gives ? specialist.output : anything];
      return [name, { ...use, specialist: { ...specialist, input, output } }];
    }),
  );
  const same = issues.length === 0 && Object.entries(nodes).every(([name, use]) => use === graph.nodes[name]);
  return { graph: same ? graph : { ...graph, state, nodes }, issues, unknown };
}

function fieldless(node: string, specialist: string, side: "input" | "output", json: JsonSchema): Issue {
  const what = nameOf(json);
  const use = side === "input" ? "read from" : "written to";
  return {
    code: "no-fields",
    path: ["nodes", node],
    names: { specialist: [specialist], node: [node] },
    message: `The ${side} schema of ${specialist} names no fields that could be ${use} the state: it is ${what}.`,
    hint: `Make it an object of named fields: z.object({ … }), with the ${what === "anything" ? "value" : "whole"} in one of them.`,
  };
}

/** A schema's side as JSON Schema, or why it can't be written as one. */
export function said(schema: Schema, side: "input" | "output"): { json: JsonSchema } | { why: string; hint: string } {
  try {
    return { json: jsonSchemaOf(schema, side) };
  } catch (error) {
    const { what, hint = "" } = error as TroupeError;
    return { why: what.replace(/^.*?: /, ""), hint };
  }
}

function stateIssue(name: string, schema: Schema): Issue | undefined {
  const path = ["state", name];
  const names = { field: [name] };
  const [takes, gives] = [said(schema, "input"), said(schema, "output")];
  if ("why" in takes && "why" in gives) {
    const message = `The schema of "${name}" can't be written as JSON Schema: ${takes.why}.`;
    return { code: "schema-opaque", path, names, message, hint: takes.hint };
  }
  if ("json" in takes && "json" in gives && plain(takes.json) === plain(gives.json)) return undefined;
  const message = `The schema of "${name}" gives something else than it takes: state values are stored as they are.`;
  return { code: "schema-transforms", path, names, message, hint: "Leave the transform out, and do it in a specialist." };
}

/** A schema without what differs between its sides for a value that is not changed: unknown keys and defaults. */
function plain(schema: unknown): string {
  return JSON.stringify(schema, (key, value) =>
    key === "additionalProperties" && value === false ? undefined : key === "required" ? undefined : value,
  );
}

const json = (): JsonSchema => ({});
const anything = {
  "~standard": {
    version: 1,
    vendor: "troupe",
    jsonSchema: { input: json, output: json },
    validate: (value: unknown) => (value === undefined ? { issues: [{ message: "missing" }] } : { value }),
  },
} as Schema;
