import type { Json, JsonSchema } from "@troupe/core";

type Part = Readonly<Record<string, any>>;

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
  /** The schema itself, references resolved one level. */
  readonly schema: JsonSchema;
}

/** How deep objects within objects are looked at. */
const levels = 6;

/** The parameters that an object's schema names, in its order. */
export function parametersOf(schema: JsonSchema): readonly Parameter[] {
  return fieldsOf(schema as Part, schema as Part, levels);
}

function fieldsOf(part: Part, root: Part, left: number): readonly Parameter[] {
  const required: readonly string[] = part.required ?? [];
  return Object.entries((part.properties ?? {}) as Part).map(([name, one]) => parameter(name, !required.includes(name), one, root, left));
}

function parameter(name: string, optional: boolean, given: Part, root: Part, left: number): Parameter {
  const part = settled(given, root);
  const type = typeOf(part);
  const labels: readonly Json[] | undefined = "const" in part ? [part.const] : part.enum;
  const inner = left > 0 ? part : {};
  const told = toldDefault(part.description, type, labels);
  return {
    name,
    optional,
    type,
    schema: part as JsonSchema,
    ...(part.description ? { description: part.description } : {}),
    ...(labels ? { labels } : {}),
    ...("default" in part ? { byDefault: part.default } : told !== undefined ? { byDefault: told } : {}),
    ...(part.format ? { format: part.format } : {}),
    ...(typeof part.minimum === "number" ? { minimum: part.minimum } : {}),
    ...(typeof part.maximum === "number" ? { maximum: part.maximum } : {}),
    ...(type === "array" && isPart(inner.items)
      ? { items: parameter(name, false, { description: part.description, ...inner.items }, root, left - 1) }
      : {}),
    ...(type === "object" ? { fields: fieldsOf(inner, root, left - 1) } : {}),
  };
}

const defaults = /\bdefaults?(?: value)?(?: is| to|:| =)?(?: set to| to)? ?(?:'([^']*)'|"([^"]*)"|([\p{L}\p{N}][\p{L}\p{N}._-]*))/iu;

/** What a description says is taken where nothing is given: `Default is 'metric'`; only what is of the parameter's type and labels. */
function toldDefault(description: string | undefined, type: Parameter["type"], labels?: readonly Json[]): Json | undefined {
  const [, one, other, word] = defaults.exec(description ?? "") ?? [];
  const said = one ?? other ?? word?.replace(/\.$/, "");
  if (said === undefined) return undefined;
  if (type === "boolean") return /^(?:true|false)$/i.test(said) ? said.toLowerCase() === "true" : undefined;
  if (type === "number" || type === "integer") return said !== "" && Number.isFinite(Number(said)) ? Number(said) : undefined;
  if (type !== "string") return undefined;
  return labels && !labels.includes(said) ? undefined : said;
}

/** A schema with its reference followed, and of a union the first that is not null. */
function settled(part: Part, root: Part): Part {
  if (typeof part.$ref === "string" && part.$ref.startsWith("#/")) {
    const { $ref, ...own } = part;
    const found = $ref
      .slice(2)
      .split("/")
      .reduce((at: any, key: string) => at?.[key], root);
    return { ...(isPart(found) ? found : {}), ...own };
  }
  const one = ((part.anyOf ?? part.oneOf) as Part[] | undefined)?.find((other) => other?.type !== "null");
  return one ? { ...one, ...(part.description ? { description: part.description } : {}) } : part;
}

const isPart = (one: unknown): one is Part => typeof one === "object" && one !== null && !Array.isArray(one);

function typeOf(part: Part): Parameter["type"] {
  const said = [part.type].flat().find((one) => one && one !== "null");
  if (said) return said;
  if (part.properties) return "object";
  if (part.items) return "array";
  const [value] = "const" in part ? [part.const] : (part.enum ?? []);
  return typeof value === "number" ? "number" : typeof value === "boolean" ? "boolean" : "string";
}
