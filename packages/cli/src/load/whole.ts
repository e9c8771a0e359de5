import { jsonSchemaOf, objectFields, type Specialist, schemaFromJson, specialist } from "@troupe/core";

const answer = schemaFromJson({ type: "object", properties: { answer: { type: "object" } }, required: ["answer"] });

/**
 * A specialist that names no outputs and may give any, as a team asked in words does, gives them all in one field, `answer`: a graph
 * writes only what is named. Any other is as it was.
 */
export function whole(work: Specialist): Specialist {
  const gives = jsonSchemaOf(work.output, "output");
  const named = Object.keys(objectFields(gives)?.properties ?? {});
  if (named.length > 0 || gives.additionalProperties === false) return work;
  return specialist({
    name: work.name,
    does: work.does,
    input: work.input,
    output: answer,
    ...(work.timeout === undefined ? {} : { timeout: work.timeout }),
    run: async (input: object, ctx: any) => ({ answer: await ctx.call(work.name, work, input) }),
  } as any) as Specialist;
}
