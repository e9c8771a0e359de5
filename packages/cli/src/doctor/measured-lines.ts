import type { Measurement, Trials } from "@troupe/nodes";

const trials = ({ right, of }: Trials): string => `${right} of ${of}`;
const count = (tokens: number): string => tokens.toLocaleString("en");

/** What was measured of a model, a line each, for people. */
export function measuredLines({ speed, context, schema, tools, choices, sight }: Measurement): readonly (readonly [string, string])[] {
  return [
    ["speed", speed ? `reads ${speed.reads} tokens a second, writes ${speed.writes}` : "not to be told"],
    ["context", context ? held(context) : "not to be told: it does not find a fact in a short prompt either"],
    ["answers that fit a schema at once", schema ? trials(schema) : "it takes none in a way of its own"],
    ["calls of tools", tools ? trials(tools) : "it takes none in a way of its own"],
    ["choices among four labels", choices ? `${trials(choices)} right` : "not tried"],
    ["colours of pictures", sight ? `${trials(sight)} named right` : "it claims no sight"],
  ];
}

function held({ asked, held, lost }: NonNullable<Measurement["context"]>): string {
  const found = `a fact at the start of ${count(held)} tokens is known at their end`;
  return lost === undefined ? `${found}; up to ${count(asked)} it was not lost` : `${found}, of ${count(lost)} no longer`;
}
