/** What a zod schema says that it is made of: zod 4 keeps it where those who read schemas find it. */
export interface ZodDef {
  readonly type: string;
  /** Which check the schema is by itself, as `z.email()` is. */
  readonly check?: string;
  readonly checks?: readonly object[];
  readonly [part: string]: unknown;
}

/** Of a schema that is not zod 4's, undefined. */
export function zodDef(schema: unknown): ZodDef | undefined {
  const def: unknown = Object(Object(schema)._zod).def;
  return typeof Object(def).type === "string" ? (def as ZodDef) : undefined;
}
