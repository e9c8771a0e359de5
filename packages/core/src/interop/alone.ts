import { schemaFromJson } from "../check/file/schema-from-json.js";
import { defineGraph, END, type Graph } from "../graph/graph.js";
import type { Label, Labels } from "../graph/label.js";
import { mark } from "../graph/mark.js";
import { objectSchema, type Schema } from "../graph/schema.js";
import type { CompileOptions, RunOptions } from "../run/app.js";
import { compile } from "../run/compile.js";
import type { Context } from "../specialist/context.js";
import { type Specialist, specialist } from "../specialist/specialist.js";
import { bubbleIn } from "./bubble-in.js";

/** What runs a specialist by itself. */
export type Alone = (input: object, options?: Partial<RunOptions>) => Promise<Record<string, unknown>>;

const anything = schemaFromJson({});
/** Whatever a field holds, or nothing: its specialist says what it takes. */
const maybe: Schema = {
  "~standard": {
    version: 1,
    vendor: "troupe",
    validate: (value: unknown) => ({ value }),
    jsonSchema: { input: () => ({}), output: () => ({}) },
  } as Schema["~standard"],
};

/**
 * A specialist that stands in no graph, as a run of its own: with models, limits, trust and callbacks like any other, its input and
 * output held to its schemas. Its input counts as foreign, since a model may have written it, but for what labels say of its fields.
 */
export function alone(work: Specialist, options: CompileOptions, labels: Labels = {}): Alone {
  const known = Object.fromEntries(Object.entries(labels).map(([field, label]) => [`given_${field}`, labelled(label)]));
  const given = { ...known, others: anything };
  // Who asked for it follows what it gives by its own schema.
  const gave = mark.private(anything);
  const around = specialist({
    name: work.name,
    does: work.does,
    input: objectSchema(given),
    output: objectSchema({ gave }),
    run: async ({ others, ...fields }: { others: object }, ctx: Context) => {
      const named = Object.entries(fields).map(([field, value]) => [field.slice("given_".length), value]);
      return { gave: await ctx.call("call", work, { ...others, ...Object.fromEntries(named) }) };
    },
  });
  const graph = defineGraph({
    name: work.name,
    state: { ...given, gave },
    input: Object.keys(given),
    output: ["gave"],
    nodes: { alone: around },
    start: "alone",
    edges: { alone: END },
  } as any) as Graph;
  const app = compile(graph, options);
  return async (input, config) => {
    const others: Record<string, unknown> = {};
    const named: Record<string, unknown> = {};
    for (const [field, value] of Object.entries(input)) {
      if (Object.hasOwn(labels, field)) named[`given_${field}`] = value;
      else others[field] = value;
    }
    try {
      return (await app.invoke({ ...named, others }, config)).gave as Record<string, unknown>;
    } catch (thrown) {
      throw bubbleIn(thrown) ?? thrown;
    }
  };
}

function labelled({ private: secret, untrusted }: Label): Schema {
  const schema = untrusted ? maybe : mark.trusted(maybe);
  return secret ? mark.private(schema) : schema;
}
