import type { JsonSchema } from "@troupe/core";
import { type Parameter, parametersOf } from "../parameter.js";
import { candidatesFor } from "./candidates-for.js";
import { labelsSaid } from "./labels-said.js";
import { isNamed, yesOrNo } from "./mention.js";
import type { Said } from "./said.js";

/**
 * The schema of a function's arguments, held to what a request says: values that can be known are the only ones, and an optional
 * argument that the request speaks of has to be given. What the request has nothing for is left to `settle`.
 */
export function held(parameters: JsonSchema, said: Said): JsonSchema {
  return objectOf(parametersOf(parameters), parameters, said);
}

function objectOf(fields: readonly Parameter[], schema: JsonSchema, said: Said): JsonSchema {
  if (!fields.length) return schema;
  const properties = fields.map((one) => [one.name, schemaOf(one, said)] as const);
  const required = fields.filter((one) => !one.optional || isSpokenOf(one, said)).map(({ name }) => name);
  const { required: _, properties: _all, ...rest } = schema;
  return { ...rest, properties: Object.fromEntries(properties), required };
}

function schemaOf(one: Parameter, said: Said): JsonSchema {
  const { type, schema, items, fields, either, labels } = one;
  if (either) return { anyOf: saidOf(either, said).map((way) => schemaOf(way, said)) };
  if (type === "boolean") {
    const meant = yesOrNo(said, one);
    return meant === undefined ? schema : { const: meant };
  }
  if (type === "array" && items)
    return {
      ...schema,
      items: isFree(items, said) ? items.schema : schemaOf(items, said),
      ...(one.optional ? {} : { minItems: Math.max(1, Number(schema.minItems ?? 0)) }),
    };
  if (type === "object" && fields?.length) return objectOf(fields, schema, said);
  const candidates = candidatesFor(one, said);
  if (candidates?.length) return { enum: candidates };
  const denied = labels ? labelsSaid(labels, said).denied : [];
  if (labels && denied.length > 0 && denied.length < labels.length) return { enum: labels.filter((label) => !denied.includes(label)) };
  return type === "string" && !one.labels && typeof one.byDefault === "string" && isNamed(said, one)
    ? { ...schema, not: { enum: [one.byDefault] } }
    : schema;
}

/** Of the ways of a union those whose own labels a request says; all where it says none. */
function saidOf(either: readonly Parameter[], said: Said): readonly Parameter[] {
  const those = either.filter(({ fields = [] }) => {
    const apart = fields.filter(({ labels, byDefault }) => labels?.length === 1 && byDefault === undefined);
    return apart.length > 0 && apart.every((one) => candidatesFor(one, said) !== undefined);
  });
  return those.length > 0 ? those : either;
}

/** A list of numbers is copied well as it is: it is held only where percent has to become something else. */
const isFree = ({ type }: Parameter, said: Said): boolean =>
  (type === "number" || type === "integer") && !said.numbers.some(({ percent }) => percent);

/** Whether a request says something of an optional argument, so that it is not left out. */
function isSpokenOf(one: Parameter, said: Said): boolean {
  if (one.type === "boolean") return yesOrNo(said, one) !== undefined;
  if (one.type === "integer" || one.type === "number") return false;
  return isNamed(said, one) || (one.type === "string" && isOneLabel(one, said));
}

/** Whether a request says labels of a closed argument, or just one of the values that a description lists. */
function isOneLabel(one: Parameter, said: Said): boolean {
  const found = candidatesFor(one, said)?.length ?? 0;
  return one.labels ? found > 0 : found === 1;
}
