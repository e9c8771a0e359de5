/** What a model on a wire says. */
export interface Said {
  readonly text?: string;
  readonly call?: { readonly name: string; readonly args: object };
  /** It stopped at the bound of tokens. */
  readonly cut?: true;
  /** It declines, in these words where the wire carries any. */
  readonly declines?: string;
}

/** What a server answers instead of a stream. */
export interface Failing {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What was asked, read as the provider reads it. */
export interface Read {
  /** All that the model is told. */
  readonly prompt: string;
  readonly schema?: any;
  readonly tools: readonly string[];
  readonly maxTokens?: number;
  readonly temperature?: number;
  /** What the provider does not take of it. */
  readonly wrong?: string;
}

/** Tokens that every whole answer on every wire tells, as the ledger should have them. */
export const told = { input: 120, output: 30, cached: 20 };

/** How a provider speaks: its paths, headers, bodies, events and errors. */
export interface Wire {
  readonly id: (origin: string, model?: string) => string;
  readonly path: RegExp;
  /** The header that carries the key, with what stands before it. */
  readonly key: readonly [header: string, before: string];
  /** How a stream begins that told its input at its start; else 0. */
  readonly startsWith: number;
  /** Whether LangChain tells how much of the input was cached there. */
  readonly tellsCached: boolean;
  read(body: any): Read;
  /** The events of an answer, each as it is written. */
  events(said: Said): string[];
  /** An error in a stream that began well. */
  broken: string;
  /** Asks to wait for so many milliseconds, as it does. */
  limited: { readonly failing: Failing; readonly after: number };
  overloaded: Failing;
  noKey: Failing;
  tooLong: Failing;
  unpaid: Failing;
  blocked: Failing | Said;
  invalid(message: string): Failing;
}

/** A text in pieces of seven characters. */
export const pieces = (text: string): string[] => text.match(/[\s\S]{1,7}/g) ?? [];

/** The keywords of a schema, wherever they stand, that are none of these. */
export function unknownIn(schema: any, known: readonly string[]): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema as Record<string, any>).flatMap(([key, value]) => {
    if (!known.includes(key)) return [key];
    if (key === "properties" || key === "$defs") return Object.values(value).flatMap((one) => unknownIn(one, known));
    if (["enum", "const", "required", "type"].includes(key)) return [];
    return Array.isArray(value) ? value.flatMap((one) => unknownIn(one, known)) : unknownIn(value, known);
  });
}

/** The objects of a schema that take members which they do not name. */
export function openIn(schema: any): number {
  if (typeof schema !== "object" || schema === null) return 0;
  const own = schema.type === "object" && schema.additionalProperties !== false ? 1 : 0;
  return own + Object.values(schema).reduce((sum: number, one) => sum + openIn(one), 0);
}
