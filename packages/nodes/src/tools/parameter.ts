import { isRounded, type Json, type JsonSchema } from "@troupe/core";
import { type Part, type Way, waysOf } from "./ways-of.js";

/** What one argument of a function may be, as far as its schema says so plainly. */
export interface Parameter {
  readonly name: string;
  readonly optional: boolean;
  readonly type: "string" | "number" | "integer" | "boolean" | "array" | "object";
  readonly description?: string;
  /** Its possible values, where they are few. */
  readonly labels?: readonly Json[];
  /** What is taken where it is not given. */
  readonly byDefault?: Json;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Parameter;
  readonly fields?: readonly Parameter[];
  /** Of a record: what each of its values is, whatever its key. */
  readonly values?: Parameter;
  /** What it may be, where that is one of several things; the rest is of the first of them then. */
  readonly either?: readonly Parameter[];
  /** The schema itself, what it refers to put in its place. */
  readonly schema: JsonSchema;
}

/** The parameters that an object's schema names, in its order. */
export function parametersOf(schema: JsonSchema): readonly Parameter[] {
  return parameter("", false, schema, { part: {}, root: schema as Part, followed: new Set() }).fields ?? [];
}

function fieldsOf({ part, ...place }: Way): readonly Parameter[] {
  const required: readonly string[] = part.required ?? [];
  return Object.entries((part.properties ?? {}) as Part).map(([name, one]) =>
    parameter(name, !required.includes(name), one, { part: {}, ...place }),
  );
}

function parameter(name: string, optional: boolean, given: unknown, place: Way): Parameter {
  const all = waysOf(given, place);
  const ways = all.filter(({ part }) => part.type !== "null" && part.const !== null);
  const labels = ways.map(({ part }) => labelsOf(part));
  const nullable = ways.length < all.length || labels.some((some) => some?.includes(null));
  const [first = { ...place, part: {} }, ...more] = ways;
  const { description } = { ...first.part, ...(given as Part) };
  const named = { name, optional, ...(description ? { description } : {}) };
  // What is not said of one that may be null is null.
  const byDefault = nullable ? { byDefault: null } : {};
  if (more.length === 0) return { ...named, ...byDefault, ...oneWay(named, first) };
  if (labels.every((some) => some !== undefined)) {
    const values = [...new Set(labels.flat())].filter((one) => one !== null);
    return { ...named, ...byDefault, ...oneWay(named, { ...place, part: { ...toldOf(first.part, given), enum: values } }) };
  }
  const either = told(ways.map((way) => ({ ...named, ...oneWay(named, way) })));
  const { byDefault: _, ...shown } = either[0]!;
  const own = toldOf(first.part, given);
  return { ...shown, ...byDefault, ...("default" in own ? { byDefault: own.default } : {}), either };
}

/** What a schema says beside the values that it takes. */
const toldOf = ({ description: first }: Part, given: unknown): Part => {
  const { description = first, default: byDefault } = given as Part;
  return { ...(description ? { description } : {}), ...(byDefault === undefined ? {} : { default: byDefault }) };
};

/** Objects of a union, each told from the others by a label of its own: that is no default, but has to be said. */
function told(either: readonly Parameter[]): readonly Parameter[] {
  const isLabel = ({ labels }: Parameter) => labels?.length === 1;
  const apart = either.flatMap(({ fields = [] }) => fields.filter(isLabel).map(({ name }) => name));
  return either.map((one) => {
    const fields = one.fields?.map(({ byDefault, ...field }) =>
      byDefault === undefined || (isLabel(field) && apart.filter((name) => name === field.name).length > 1)
        ? field
        : { ...field, byDefault },
    );
    return fields ? { ...one, fields } : one;
  });
}

function oneWay({ name, optional, description }: Pick<Parameter, "name" | "optional" | "description">, { part, ...place }: Way) {
  const type = typeOf(part);
  const labels = labelsOf(part)?.filter((one) => one !== null);
  const inside = { part: {}, ...place };
  const described = toldDefault(description, type, labels);
  const only = "const" in part && !optional ? part.const : undefined;
  const byDefault = "default" in part ? part.default : (described ?? only);
  const rest = part.additionalProperties;
  return {
    type,
    schema: part as JsonSchema,
    ...(labels ? { labels } : {}),
    ...(byDefault === undefined ? {} : { byDefault }),
    ...(part.format ? { format: part.format } : {}),
    ...(typeof part.minimum === "number" ? { minimum: part.minimum } : {}),
    ...(typeof part.maximum === "number" ? { maximum: part.maximum } : {}),
    ...(type === "array" && isPart(part.items) ? { items: parameter(name, false, { description, ...part.items }, inside) } : {}),
    ...(type === "object" ? { fields: fieldsOf({ part, ...place }) } : {}),
    ...(type === "object" && isPart(rest) ? { values: parameter(name, true, rest, inside) } : {}),
  };
}

const defaults = /\bdefaults?(?: value)?(?: is| to|:| =)?(?: set to| to)? ?(?:'([^']*)'|"([^"]*)"|([\p{L}\p{N}][\p{L}\p{N}._-]*))/iu;

/** What a description says is taken where nothing is given: `Default is 'metric'`; only what is of the parameter's type and labels. */
function toldDefault(description: string | undefined, type: Parameter["type"], labels?: readonly Json[]): Json | undefined {
  const [, one, other, word] = defaults.exec(description ?? "") ?? [];
  const said = one ?? other ?? word?.replace(/\.$/, "");
  if (said === undefined) return undefined;
  if (type === "boolean") return /^(?:true|false)$/i.test(said) ? said.toLowerCase() === "true" : undefined;
  if (type === "number" || type === "integer")
    return said !== "" && Number.isFinite(Number(said)) && !isRounded(said) ? Number(said) : undefined;
  if (type !== "string") return undefined;
  return labels && !labels.includes(said) ? undefined : said;
}

const isPart = (one: unknown): one is Part => typeof one === "object" && one !== null && !Array.isArray(one);

/** The values that a schema names, those of its type. */
function labelsOf(part: Part): readonly Json[] | undefined {
  const values: readonly Json[] | undefined = "const" in part ? [part.const] : part.enum;
  const kind = part.type === "integer" ? "number" : part.type;
  return values?.filter((one) => one === null || kind === undefined || kind === "array" || kind === "object" || typeof one === kind);
}

function typeOf(part: Part): Parameter["type"] {
  if (part.type) return part.type;
  // One that refers to itself.
  if (part.properties || part.$ref) return "object";
  if (part.items) return "array";
  const [value] = labelsOf(part) ?? [];
  return typeof value === "number" ? "number" : typeof value === "boolean" ? "boolean" : "string";
}
