import { defineGraph, END } from "../graph/graph.js";
import { refuseUnsoundAlone } from "../host/ready.js";
import type { CompileOptions } from "../host/run-options.js";
import type { Label, Labels } from "../schema/label.js";
import { mark } from "../schema/mark.js";
import { objectSchema, type Schema } from "../schema/schema.js";
import { schemaFromJson } from "../schema/schema-from-json.js";
import type { Context } from "../specialist/context.js";
import { type Specialist, specialist } from "../specialist/specialist.js";
import type { App } from "./app.js";
import { compile } from "./compile.js";

const anything = schemaFromJson({ type: "object" });
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
 * A specialist that stands in no graph, as an app: `request` is its input and `answer` its output, both held to its schemas. The request
 * counts as foreign, since a model may have written it, and what is private is not answered. With `known`, whoever asks follows marks:
 * of the fields that are named there, given as `given_NAME`, labels say what they are, and the answer may be private.
 * @throws TroupeError `SPECIALIST_INVALID` for what is none, and with every issue that `compile` would refuse it for in a graph; `OPTION_INVALID` as `compile` does; in a run what the run throws.
 * @example
 * const { answer } = await appOf(triage, { models: defaultModels() }).invoke({ request: { text: "It crashes" } });
 */
export function appOf(work: Specialist, options: CompileOptions = {}, known?: Labels): App<any, { answer: Record<string, unknown> }> {
  refuseUnsoundAlone(work);
  const labels = Object.entries(known ?? {}).map(([field, label]) => [`given_${field}`, labelled(label)]);
  const given = { ...Object.fromEntries(labels), request: anything };
  const answer = known ? mark.private(anything) : anything;
  const alone = specialist({
    name: work.name,
    does: work.does,
    input: objectSchema(given),
    output: objectSchema({ answer }),
    ...(work.timeout === undefined ? {} : { timeout: work.timeout }),
    run: async ({ request, ...fields }: { request: object }, ctx: Context) => {
      const named = Object.entries(fields).map(([field, value]) => [field.slice("given_".length), value]);
      return { answer: await ctx.call("call", work, { ...request, ...Object.fromEntries(named) }) };
    },
  } as any);
  return compile(
    defineGraph({
      name: work.name,
      state: { ...given, answer },
      input: Object.keys(given),
      output: ["answer"],
      nodes: { alone },
      start: "alone",
      edges: { alone: END },
    } as any) as any,
    options,
  ) as never;
}

function labelled({ private: secret, untrusted }: Label): Schema {
  const schema = untrusted ? maybe : mark.trusted(maybe);
  return secret ? mark.private(schema) : schema;
}
