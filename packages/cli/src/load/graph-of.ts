import { defineGraph, END, type Graph, type JsonSchema, jsonSchemaOf, objectFields, type Schema, type Signature, use } from "@troupe/core";
import { schemaSaid } from "../schema-said.js";

/** A graph with one node, the specialist: its fields are the state, an output that is named like an input is called `NAMEResult`. */
export function graphOf(specialist: Signature): Graph {
  const takes = fields(jsonSchemaOf(specialist.input, "input"));
  const gives = fields(jsonSchemaOf(specialist.output, "output"));
  const fieldOf = (name: string) => (name in takes ? `${name}Result` : name);
  const write = Object.fromEntries(Object.keys(gives).map((name) => [name, fieldOf(name)]));
  const state = { ...takes, ...Object.fromEntries(Object.entries(gives).map(([name, schema]) => [fieldOf(name), schema])) };
  // The types of what comes from a file are not known here; `check` holds it against the same rules.
  return (defineGraph as (graph: object) => Graph)({
    name: specialist.name,
    does: specialist.does,
    state,
    input: Object.keys(takes),
    output: Object.values(write),
    nodes: { [specialist.name]: use(specialist as Signature<any, any>, { write }) },
    start: specialist.name,
    edges: { [specialist.name]: END },
  });
}

function fields(whole: JsonSchema): Record<string, Schema> {
  const { properties = {}, required = [] } = objectFields(whole) ?? {};
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, schemaSaid(schema, !required.includes(name))]));
}
