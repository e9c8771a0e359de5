import { type App, type CompileOptions, compile, defineGraph, END, type Specialist, specialist, use } from "@troupe/core";
import { z } from "zod";

const object = z.record(z.string(), z.json());

/** A specialist as an app of its own, whatever its schemas: what it takes stands in `request`, what it gives in `answer`. */
export function appOf(one: Specialist, options: CompileOptions = {}): App<any, { answer: Record<string, unknown> }> {
  const asked = specialist({
    name: `${one.name}-alone`,
    does: one.does,
    input: z.object({ request: object }),
    output: z.object({ answer: object }),
    run: async ({ request }, ctx) => ({ answer: (await ctx.call("it", one, request)) as any }),
  });
  const graph = defineGraph({
    name: one.name,
    state: { request: object, answer: object },
    input: ["request"],
    output: ["answer"],
    nodes: { asked: use(asked) },
    start: "asked",
    edges: { asked: END },
  });
  return compile(graph, options) as never;
}
