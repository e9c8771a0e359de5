import { defineGraph, END, specialist, team } from "@troupe/core";
import { z } from "zod";

/** Graphs that fail in every way a specialist can, for the tests. */
const around = (name: string, run: (ctx: any) => any, timeout?: number) => {
  const only = specialist({
    name,
    does: "Misbehaves",
    input: z.object({ n: z.number() }),
    output: z.object({ out: z.number() }),
    run: (_, ctx) => run(ctx),
    ...(timeout === undefined ? {} : { timeout }),
  });
  const first = specialist({
    name: "first",
    does: "Behaves",
    input: z.object({ n: z.number() }),
    output: z.object({ n: z.number() }),
    run: ({ n }) => ({ n: n + 1 }),
  });
  return defineGraph({
    name,
    state: { n: z.number(), out: z.number() },
    input: ["n"],
    output: ["out"],
    nodes: { first, only },
    start: "first",
    edges: { first: "only", only: END },
  });
};

export const throws = around("throws", () => Promise.reject(new RangeError("no luck")));
export const hangs = around("hangs", () => new Promise(() => {}), 200);
export const wrongShape = around("wrongShape", () => ({ out: "three" }));

const pick = specialist({
  name: "pick",
  does: "Picks a number",
  input: z.object({ n: z.number() }),
  output: z.object({ out: z.number() }),
  run: ({ n }) => ({ out: n }),
});

/** Its planner alone plans: the typed one may not stand in. */
export const hopeless = team({
  name: "hopeless",
  does: "Picks a number",
  planner: "planner",
  guide: false,
  members: [pick],
  input: z.object({ n: z.number() }),
  output: z.object({ out: z.number() }),
});
