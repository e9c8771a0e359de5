import { type JsonSchema, TroupeError } from "@troupe/core";

const primitives = `
string ::= "\\"" char* "\\""
char ::= [^"\\\\\\x00-\\x1F\\x7F] | "\\\\" (["\\\\/bfnrt] | "u" hex hex hex hex)
hex ::= [0-9a-fA-F]
integer ::= "-"? ("0" | [1-9] [0-9]{0,14})
number ::= integer ("." [0-9]{1,12})?
boolean ::= "true" | "false"
null ::= "null"
any ::= string | number | boolean | null | "[" s (any ("," s any)*)? "]" | "{" s (string ":" s any ("," s string ":" s any)*)? "}"
digit ::= [0-9]
date ::= digit digit digit digit "-" ("0" [1-9] | "1" [0-2]) "-" ("0" [1-9] | [12] digit | "3" [01])
time ::= ([01] digit | "2" [0-3]) ":" [0-5] digit ":" [0-5] digit ("." digit{1,6})? ("Z" | [+-] digit digit ":" digit digit)
s ::= " "?
`;

/** A GBNF literal for a text. */
const literal = (text: string): string =>
  `"${text.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/\t/g, "\\t")}"`;

/** llama.cpp takes all memory for a repetition whose upper bound is below its lower one. */
function possible(min: number, max: number | undefined): void {
  if (max !== undefined && max < min)
    throw new TroupeError("SCHEMA_UNSUPPORTED", `A schema asks for at least ${min} and at most ${max}`, { hint: "Correct its bounds" });
}

/**
 * A llama.cpp grammar (GBNF) for the JSON that satisfies a JSON Schema, with the space after comma and colon left free and no
 * other. Keeps types, enum, const, properties with `required`, items, prefixItems and their bounds, lengths of strings, anyOf,
 * oneOf, allOf of objects, `$ref`; dates and times. Patterns and bounds of numbers are left to validation.
 *
 * Throws SCHEMA_UNSUPPORTED for bounds that nothing fits.
 */
export function jsonGrammar(schema: JsonSchema): string {
  const root = schema as Record<string, any>;
  const rules: string[] = [];
  const names = new Map<unknown, string>();
  let count = 0;
  const rule = (body: string): string => {
    const name = `r${count++}`;
    rules.push(`${name} ::= ${body}`);
    return name;
  };

  const resolve = (ref: string): unknown =>
    ref
      .replace(/^#\/?/, "")
      .split("/")
      .filter(Boolean)
      .reduce<any>((at, key) => at?.[decodeURIComponent(key).replace(/~1/g, "/").replace(/~0/g, "~")], root);

  /** Each schema is one rule, named before its body is written, so that a schema may refer to itself. */
  const of = (part: unknown): string => {
    if (part === true || part === undefined || part === null || typeof part !== "object") return "any";
    const known = names.get(part);
    if (known) return known;
    const name = `r${count++}`;
    names.set(part, name);
    rules.push(`${name} ::= ${body(part as Record<string, any>)}`);
    return name;
  };

  const repeated = (item: string, min: number, max: number | undefined): string => {
    possible(min, max);
    if (max === 0) return "";
    const more = max === undefined ? `{${Math.max(0, min - 1)},}` : `{${Math.max(0, min - 1)},${max - 1}}`;
    const some = `${item} ("," s ${item})${more}`;
    return min > 0 ? some : `(${some})?`;
  };

  const object = (part: Record<string, any>): string => {
    const properties = Object.entries(part.properties ?? {});
    const required = new Set<string>(part.required ?? []);
    const extra = part.additionalProperties;
    const open =
      extra && typeof extra === "object"
        ? `string ":" s ${of(extra)}`
        : properties.length === 0 && extra !== false
          ? `string ":" s any`
          : "";
    // From the last property to the first: what may follow, where something stands before it and where nothing does.
    let after = open ? `("," s ${open})*` : "";
    let first = open ? repeated(open, part.minProperties ?? 0, part.maxProperties) : "";
    for (const [key, value] of properties.reverse()) {
      const member = `${literal(JSON.stringify(key))} ":" s ${of(value)}`;
      const later = after && rule(after);
      const alone = first && rule(first);
      const must = required.has(key);
      after = must ? `"," s ${member} ${later}` : `("," s ${member})? ${later}`;
      first = must ? `${member} ${later}` : `${member} ${later} | ${alone || '""'}`;
    }
    return `"{" ${first ? rule(first) : ""} "}"`;
  };

  const body = (part: Record<string, any>): string => {
    if (typeof part.$ref === "string") return of(resolve(part.$ref));
    if ("const" in part) return literal(JSON.stringify(part.const));
    if (Array.isArray(part.enum)) return part.enum.map((value) => literal(JSON.stringify(value))).join(" | ");
    const either = part.anyOf ?? part.oneOf;
    if (Array.isArray(either)) return either.map(of).join(" | ");
    if (Array.isArray(part.allOf)) return body(part.allOf.map(deref).reduce(merge, { ...part, allOf: undefined }));
    if (Array.isArray(part.type)) return part.type.map((type: string) => of({ ...part, type })).join(" | ");
    if (part.type === "object" || part.properties) return object(part);
    if (part.type === "array" || part.items) {
      const fixed = (part.prefixItems ?? []).map(of);
      if (fixed.length > 0) return `"[" ${fixed.join(' "," s ')} "]"`;
      return `"[" ${repeated(of(part.items), part.minItems ?? 0, part.maxItems)} "]"`;
    }
    if (part.type === "string") {
      if (part.format === "date" || part.format === "time") return `"\\"" ${part.format} "\\""`;
      if (part.format === "date-time") return `"\\"" date "T" time "\\""`;
      possible(part.minLength ?? 0, part.maxLength);
      if (part.minLength || part.maxLength !== undefined) return `"\\"" char{${part.minLength ?? 0},${part.maxLength ?? ""}} "\\""`;
      return "string";
    }
    return ["number", "integer", "boolean", "null"].includes(part.type) ? part.type : "any";
  };

  const deref = (part: any): Record<string, any> => (typeof part?.$ref === "string" ? (resolve(part.$ref) as any) : part) ?? {};
  const merge = (a: Record<string, any>, b: Record<string, any>): Record<string, any> => ({
    ...a,
    ...b,
    properties: { ...a.properties, ...b.properties },
    required: [...(a.required ?? []), ...(b.required ?? [])],
  });

  const start = of(root);
  return `root ::= ${start}\n${rules.join("\n")}${primitives}`;
}
