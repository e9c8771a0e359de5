import { z } from "zod";
import type { GraphData, RuleData } from "../../graph/data.js";
import { defineGraph, type Graph, type Rule } from "../../graph/graph.js";
import type { Plan } from "../../graph/plan.js";
import { append, sum } from "../../graph/reducer.js";
import { use } from "../../graph/use.js";
import type { Context } from "../../specialist/context.js";
import { asSpecialist, type Specialist, specialist } from "../../specialist/specialist.js";
import { digest } from "./digest.fixture.js";

/** Stands in an occurrence's way: waits, or throws. */
export type Disturb = (at: string, attempt: number) => Promise<void>;

/**
 * A graph from its data, its nodes real specialists that answer the same to the same input: by their number plain code, a nested graph
 * with a loop, calls (one of them of a graph), or a plan (one task of it a graph).
 */
export function realGraph(data: GraphData, disturb: Disturb): Graph {
  const number = z.number().optional();
  const part = specialist({
    name: "part",
    does: "Answers by what it was given",
    input: z.object({ a: number, b: number }),
    output: z.object({ out: z.number() }),
    run: async ({ a, b }, { at, attempt }) => {
      await disturb(at, attempt);
      return { out: digest(["part", a, b]) };
    },
  });
  const inner = defineGraph({
    name: "inner",
    state: { a: z.number(), b: z.number(), out: z.number(), all: append(z.number()) },
    input: ["a", "b"],
    output: ["out"],
    nodes: {
      first: use(part, { read: { b: "b" } }),
      left: use(part, { read: { a: "out" }, write: { out: "all" } }),
      right: use(part, { write: { out: "all" } }),
    },
    loops: { first: { max: 2, then: "right" } },
    start: "first",
    edges: { first: ["left"], left: [{ when: { out: { lt: 60 } }, to: "first" }, { otherwise: "right" }], right: "end" },
  } as any) as Graph;
  const group = asSpecialist(inner);

  const workers: Workers = { part, group, disturb };
  const nodes = Object.entries(data.nodes).map(([name, node]) => {
    const { read, write } = node;
    return [name, use(nodeOf(data, name, node, workers), { read, write })] as const;
  });
  const state = Object.fromEntries(
    Object.entries(data.state).map(([name, { schema, reduce }]) => [
      name,
      reduce === "append"
        ? append(z.number())
        : reduce === "sum"
          ? sum(z.number())
          : schema.type === "array"
            ? z.array(z.number())
            : z.number(),
    ]),
  );
  const edges = Object.fromEntries(Object.entries(data.edges).map(([name, rule]) => [name, ruleOf(rule)]));
  return defineGraph({
    ...data,
    state,
    nodes: Object.fromEntries(nodes),
    conditions: {},
    reducers: {},
    output: ["all", "total"],
    edges,
  } as any) as Graph;
}

/** Who works in a node, and what stands in their way. */
interface Workers {
  readonly part: Specialist;
  readonly group: Specialist;
  readonly disturb: Disturb;
}

function nodeOf(data: GraphData, name: string, { read, write, optional }: GraphData["nodes"][string], workers: Workers): Specialist {
  const field = (to: string) =>
    data.state[to]?.schema.type === "array" || data.state[to]?.reduce === "append" ? z.array(z.number()) : z.number();
  const kind = name.endsWith("_item") ? 0 : Number(name.slice(1)) % 4;
  return specialist({
    name,
    does: name,
    input: z.object(
      Object.fromEntries(Object.entries(read).map(([from, to]) => [from, optional.includes(from) ? field(to).optional() : field(to)])),
    ),
    output: z.object(Object.fromEntries(Object.keys(write).map((from) => [from, from === "out_list" ? z.array(z.number()) : z.number()]))),
    run: async (input: object, ctx: Context) => {
      await workers.disturb(ctx.at, ctx.attempt);
      const seed = digest([name, input]);
      const told =
        kind === 1
          ? await calls(workers, seed, ctx)
          : kind === 2
            ? await plans(workers, seed, ctx)
            : kind === 3
              ? await ctx.call("g", workers.group, { a: seed, b: 3 })
              : 0;
      return Object.fromEntries(
        Object.keys(write).map((from) => {
          const value = digest([name, from, input, told]);
          return [from, from === "out_list" ? Array.from({ length: value % 4 }, (_, i) => digest([value, i])) : value];
        }),
      );
    },
  } as any);
}

/** Two calls at once, one of them of a graph, and one of what came of it. */
async function calls({ part, group }: Workers, seed: number, ctx: Context) {
  const [x, y] = await Promise.all([ctx.call("x", part, { a: seed }), ctx.call("y", group, { a: seed, b: 1 })]);
  return [x, y, await ctx.call("z", part, { a: y.out })];
}

/** A plan of three tasks, one of them a graph. */
function plans({ part, group, disturb }: Workers, seed: number, ctx: Context) {
  const plan: Plan = {
    tasks: [
      { id: "t0", member: "part", args: { a: { ref: "input.seed" } } },
      { id: "t1", member: "inner", args: { a: { ref: "input.seed" }, b: 2 } },
      { id: "t2", member: "part", args: { a: { ref: "t0.out" }, b: { ref: "t1.out" } } },
    ],
    output: { left: { ref: "t2.out" }, right: { ref: "t1.out" } },
  };
  const make = async () => {
    await disturb(`${ctx.at}#1`, ctx.attempt);
    return { plan, by: "hand", notes: [] };
  };
  return ctx.plan(make, [part, group], { seed });
}

function ruleOf({ kind, ...rest }: RuleData): Rule {
  const rule = rest as any;
  return kind === "to" ? rule.to : kind === "when" ? [...rule.cases, { otherwise: rule.otherwise }] : rule;
}
