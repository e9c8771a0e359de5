import { type Bindable, compile, END, type Graph, type Ledger, type RunOptions, type Specialist } from "@troupe/core";
import type { z } from "zod";

interface Alone<I, O> {
  invoke(input: I, options?: Partial<RunOptions>): Promise<O>;
  ledger(thread: string): Promise<Ledger>;
}

/** A specialist in a graph of its own, for tests: run, checked and counted as in any graph. */
export function alone<I extends object, O extends object>(
  specialist: Specialist<I, O>,
  models: Readonly<Record<string, Bindable>> = {},
): Alone<I, O> {
  const takes = (specialist.input as unknown as z.ZodObject).shape;
  const gives = (specialist.output as unknown as z.ZodObject).shape;
  // What is given has names of its own: a specialist may take and give a field of one name.
  const given = (name: string) => `given_${name}`;
  const renamed = (fields: object) => Object.fromEntries(Object.entries(fields).map(([name, value]) => [given(name), value]));
  const read = Object.fromEntries(Object.keys(takes).map((name) => [name, given(name)]));
  const graph = {
    name: `only-${specialist.name}`,
    state: { ...renamed(takes), ...gives },
    input: Object.values(read),
    output: Object.keys(gives),
    nodes: { it: { specialist, read, write: {}, set: {} } },
    conditions: {},
    reducers: {},
    loops: {},
    start: "it",
    edges: { it: END },
  } as unknown as Graph<any, any>;
  const app = compile(graph, { models });
  return { invoke: (input, options) => app.invoke(renamed(input), options), ledger: (thread) => app.ledger(thread) };
}
