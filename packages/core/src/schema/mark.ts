import type { JsonSchema } from "./json.js";
import { alternatives, resolve } from "./resolve.js";
import { isSchema } from "./say.js";
import type { Schema } from "./schema.js";

/** What a mark says of the values of a schema; in JSON Schema `x-private`, `x-public`, `x-trusted`. */
export type Mark = "private" | "public" | "trusted";

/**
 * Marks on schemas, which travel with values. A value is public and untrusted until a mark says otherwise: whatever is made from what is
 * private is private, and nothing is trusted that a medium, a model or unmarked data brought.
 */
export const mark = {
  /**
   * What is read from here is private, and all that is made from it: it reaches models on this machine only.
   *
   * @example
   * state: { letter: mark.private(z.string()) }
   */
  private: <S extends Schema>(schema: S): S => marked(schema, "private"),
  /**
   * Nothing private may stand here. On an output of a specialist's own code its author vouches for that, as `redact` does; everywhere else
   * it is held.
   *
   * @example
   * output: z.object({ text: mark.public(z.string()) })
   */
  public: <S extends Schema>(schema: S): S => marked(schema, "public"),
  /**
   * Only what is trusted may stand here: inputs marked so, constants, and what code vouches for by this mark on its output. For what
   * decides where an effect goes: an address, an account, a number.
   *
   * @example
   * input: z.object({ to: mark.trusted(z.email()), body: z.string() })
   */
  trusted: <S extends Schema>(schema: S): S => marked(schema, "trusted"),
} as const satisfies Record<Mark, <S extends Schema>(schema: S) => S>;

type Meta = Record<string, unknown>;
type Converter = Record<"input" | "output", (options: { target: string }) => Meta>;

function marked<S extends Schema>(schema: S, what: Mark): S {
  // What is no schema is an issue of `check` where it stands.
  if (!isSchema(schema)) return schema;
  const said = { [`x-${what}`]: true };
  const { meta } = schema as { meta?: unknown };
  if (typeof meta === "function") return meta.call(schema, { ...(meta.call(schema) as Meta | undefined), ...said });
  // Of other libraries' schemas only how they say themselves is changed.
  const own = schema["~standard"] as Schema["~standard"] & { jsonSchema?: Converter };
  const side = (io: "input" | "output") => (options: { target: string }) => ({ ...own.jsonSchema?.[io](options), ...said });
  const standard = { ...own, ...(own.jsonSchema ? { jsonSchema: { input: side("input"), output: side("output") } } : {}) };
  return Object.create(schema, { "~standard": { value: standard, enumerable: true } }) as S;
}

/** Whether values of a schema as a whole are marked: each alternative but null is, or lists of what is. */
export function isMarked(schema: JsonSchema, what: Mark, root: JsonSchema = schema): boolean {
  const some = alternatives(schema, root).filter(({ type }) => type !== "null");
  return some.length > 0 && some.every((one) => one[`x-${what}`] === true || (one.items !== undefined && isMarked(one.items, what, root)));
}

/** What in a schema is data, and no schema. */
const data = new Set(["$defs", "const", "enum", "default", "examples", "required"]);

/** Whether a mark stands on a schema or anywhere inside it. */
export function holdsMark(schema: JsonSchema, what: Mark): boolean {
  const followed = new Set<string>();
  const holds = (one: unknown): boolean => {
    if (typeof one !== "object" || one === null) return false;
    if (Array.isArray(one)) return one.some(holds);
    const { $ref, [`x-${what}`]: here } = one as JsonSchema;
    if (here === true) return true;
    if (typeof $ref === "string" && !followed.has($ref)) {
      followed.add($ref);
      if (holds(resolve({ $ref }, schema))) return true;
    }
    return Object.entries(one).some(([key, part]) => !data.has(key) && holds(part));
  };
  return holds(schema);
}
