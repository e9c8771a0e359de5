import { schemaFromJson } from "../check/file/schema-from-json.js";
import { defineGraph, END, type Graph } from "../graph/graph.js";
import { objectSchema } from "../graph/schema.js";
import type { CompileOptions, RunOptions } from "../run/app.js";
import { compile } from "../run/compile.js";
import type { Context } from "../specialist/context.js";
import { type Specialist, specialist } from "../specialist/specialist.js";
import { bubbleIn } from "./bubble-in.js";

/** What runs a specialist by itself. */
export type Alone = (input: object, options?: Partial<RunOptions>) => Promise<Record<string, unknown>>;

const anything = schemaFromJson({});

/**
 * A specialist that stands in no graph, as a run of its own: with models, limits, trust and callbacks like any other, its input and
 * output held to its schemas. Its input counts as foreign, since a model may have written it.
 */
export function alone(work: Specialist, options: CompileOptions): Alone {
  const around = specialist({
    name: work.name,
    does: work.does,
    input: objectSchema({ given: anything }),
    output: objectSchema({ gave: anything }),
    run: async ({ given }: { given: object }, ctx: Context) => ({ gave: await ctx.call("call", work, given) }),
  });
  const graph = defineGraph({
    name: work.name,
    state: { given: anything, gave: anything },
    input: ["given"],
    output: ["gave"],
    nodes: { alone: around },
    start: "alone",
    edges: { alone: END },
  } as any) as Graph;
  const app = compile(graph, options);
  return async (given, config) => {
    try {
      return (await app.invoke({ given }, config)).gave as Record<string, unknown>;
    } catch (thrown) {
      throw bubbleIn(thrown) ?? thrown;
    }
  };
}
