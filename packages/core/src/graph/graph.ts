import { frozenCopy, isPlain } from "../schema/frozen-copy.js";
import type { InputOf, OutputOf, Schema } from "../schema/schema.js";
import type { Reduced } from "./reducer.js";
import type { Signature, Use } from "./signature.js";

/** Ends its branch; a run ends when nothing is active. */
export const END = "end" as const;
export type END = typeof END;

export type Fields = Readonly<Record<string, Schema | Reduced>>;
type ReadOf<F> = F extends Reduced<infer R, any> ? R : F extends Schema ? OutputOf<F> : never;
type WriteOf<F> = F extends Reduced<any, infer W> ? W : F extends Schema ? OutputOf<F> : never;
/** What a reader of the state finds. */
export type Values<F extends Fields> = { [K in keyof F]: ReadOf<F[K]> };
type Writable<F extends Fields> = { [K in keyof F]: WriteOf<F[K]> };

type Misfit<A, B> = { [K in keyof A & keyof B]: A[K] extends B[K] ? never : K }[keyof A & keyof B];
type RequiredOf<T> = { [K in keyof T]-?: {} extends Pick<T, K> ? never : K }[keyof T];
/** Where a reader's input is optional, the field behind it may be too. */
type Readers<I> = { [K in keyof I]: {} extends Pick<I, K> ? I[K] | undefined : I[K] };

/** What a node reads and writes, held against the state by name and by type. An optional input needs no field. */
type CheckNode<F extends Fields, N> =
  N extends Use<infer R, infer W>
    ? CheckFields<F, Named<R>, Named<W>, N>
    : N extends Signature<infer I, infer O>
      ? CheckFields<F, Named<I>, Named<O>, N>
      : never;

/** The fields an object type names; what it says of all other keys (`z.object({})` says there are none) is of no field. */
type Named<T> = string extends keyof T ? { [K in keyof T as string extends K ? never : K]: T[K] } : T;

type CheckFields<F extends Fields, R, W, N> =
  Values<F> extends R
    ? keyof W extends keyof F
      ? W extends Pick<Writable<F>, keyof W & keyof F>
        ? N
        : Diagnose<F, R, W, N>
      : Diagnose<F, R, W, N>
    : Diagnose<F, R, W, N>;

/** Field by field, which costs the type checker more: only for a node that does not fit as it stands. */
type Diagnose<F extends Fields, R, W, N> = [Exclude<RequiredOf<R>, keyof F>] extends [never]
  ? [Exclude<keyof W, keyof F>] extends [never]
    ? [Misfit<Values<F>, Readers<R>>] extends [never]
      ? [Misfit<W, Writable<F>>] extends [never]
        ? N
        : { error: "writes a field with a type that the state does not take"; field: Misfit<W, Writable<F>> }
      : { error: "reads a field whose type it does not take"; field: Misfit<Values<F>, Readers<R>> }
    : { error: "writes a field that the state does not declare"; field: Exclude<keyof W, keyof F> }
  : { error: "reads a field that the state does not declare"; field: Exclude<RequiredOf<R>, keyof F> };

type Target<N extends string> = N | END;
export type Targets<N extends string = string> = Target<N> | readonly Target<N>[];
type Primitive = string | number | boolean;

/** A test of one field: a value it equals, or an object of comparisons that must all hold. */
export type Test<T> =
  | T
  | ({ eq?: T; not?: T; in?: readonly T[]; exists?: boolean } & (T extends number
      ? { lt?: number; lte?: number; gt?: number; gte?: number }
      : unknown));
/** A condition as data: every field named must pass its test. */
export type Where<V> = { [K in keyof V]?: NonNullable<V[K]> extends Primitive ? Test<NonNullable<V[K]>> : { exists?: boolean } };

type By<V, N extends string> = {
  [K in keyof V & string]: NonNullable<V[K]> extends Primitive
    ? {
        by: K;
        to: string extends NonNullable<V[K]>
          ? Readonly<Record<string, Targets<N>>>
          : { readonly [L in `${NonNullable<V[K]> & Primitive}`]?: Targets<N> };
        otherwise?: Targets<N>;
      }
    : never;
}[keyof V & string];
/** The names of conditions; where there are none, a type whose only purpose is to say so in the error. */
type NamedCondition<C extends string> = [C] extends [never] ? "(the graph declares no conditions)" : C;
type Case<V, N extends string, C extends string> = { when: Where<V> | NamedCondition<C>; to: Targets<N> };
type Otherwise<N extends string> = { otherwise: Targets<N> };
type When<V, N extends string, C extends string> = readonly [Case<V, N, C>, ...Case<V, N, C>[], Otherwise<N>];
type Each<V, N extends string> = {
  [K in keyof V & string]: NonNullable<V[K]> extends readonly any[]
    ? { each: K; as: keyof V & string; to: N; collect?: { [P in keyof V & string]?: keyof V & string }; then: Targets<N>; atOnce?: number }
    : never;
}[keyof V & string];

/**
 * What a node's edge says, as data: targets · `{ by, to, otherwise }` on a label · an ordered list of `{ when, to }` ending in
 * `{ otherwise }` · `{ each, as, to, collect, then, atOnce }`, once an item of a list.
 */
export type Rule<V = any, N extends string = string, C extends string = string> = Targets<N> | By<V, N> | When<V, N, C> | Each<V, N>;

/** A condition that data can't say: named, with the fields it reads, so that checks and journals can name it too. */
export interface Condition<V = any> {
  readonly reads: readonly (keyof V & string)[];
  test(values: V): boolean;
}

export type Reducer = (total: any, next: any) => any;

/** How often a loop's head may run in one entry of the loop, and where the run goes after the last round. */
export interface Loop<N extends string = string> {
  readonly max: number;
  readonly then: Targets<N>;
}

/** A graph: frozen data. `I` and `O` are what a run takes and gives. */
export interface Graph<I extends object = any, O extends object = any> {
  readonly name: string;
  readonly does?: string;
  readonly state: Fields;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly nodes: Readonly<Record<string, Use>>;
  readonly conditions: Readonly<Record<string, Condition>>;
  readonly reducers: Readonly<Record<string, Reducer>>;
  readonly loops: Readonly<Record<string, Loop>>;
  readonly start: Targets;
  readonly edges: Readonly<Record<string, Rule>>;
  readonly "~types"?: { input: I; output: O };
}

/** What a run is given: a medium may come as a path, a URL or bytes. */
type GivenOf<F> = F extends Reduced ? ReadOf<F> : F extends Schema ? InputOf<F> : never;
type Given<F extends Fields, K> = { [P in K & keyof F & string]: GivenOf<F[P]> };
type Unmarked<F extends Fields, K> = { [P in K & keyof F & string]: Values<F>[P] };
type Marked<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: T[K];
};
type Pretty<T> = { [K in keyof T]: T[K] } & {};

/**
 * Declares a graph. Mistakes the type checker can see are errors on their line; `check(graph)` finds the rest, and the same
 * mistakes in graphs that came as data. Nothing is thrown here.
 *
 * @example
 * const desk = defineGraph({
 *   name: "desk",
 *   state: { ticket: z.string(), topic: z.enum(["billing", "bug"]), reply: z.string() },
 *   input: ["ticket"],
 *   output: ["reply"],
 *   nodes: { triage, billing, engineer },
 *   start: "triage",
 *   edges: { triage: { by: "topic", to: { billing: "billing", bug: "engineer" } }, billing: END, engineer: END },
 * });
 */
export function defineGraph<
  F extends Fields,
  const Nd extends Record<string, Signature | Use>,
  const In extends keyof NoInfer<F> & string,
  const Out extends keyof NoInfer<F> & string,
  C extends string = never,
  R extends string = never,
>(graph: {
  name: string;
  does?: string;
  state: F;
  input: readonly In[];
  output: readonly Out[];
  nodes: { [K in keyof Nd]: CheckNode<F, Nd[K]> } & Nd;
  conditions?: Record<C, Condition<Values<NoInfer<F>>>>;
  reducers?: Record<R, Reducer>;
  loops?: { [K in NoInfer<keyof Nd & string>]?: Loop<NoInfer<keyof Nd & string>> };
  start: NoInfer<Targets<keyof Nd & string>>;
  edges: { [K in keyof Nd & string]: Rule<Values<F>, NoInfer<keyof Nd & string>, NoInfer<C>> };
}): Graph<Pretty<Marked<Given<F, In>>>, Pretty<Marked<Unmarked<F, Out>>>> {
  if (!isPlain(graph)) return graph;
  // Whatever untyped code gives is kept for `check` to name.
  const { input, output, nodes, conditions = {}, reducers = {}, loops = {}, start, edges, ...rest } = graph as Record<string, unknown>;
  return Object.freeze({
    ...rest,
    state: each(rest.state, (field) => field),
    input: frozenCopy(input),
    output: frozenCopy(output),
    nodes: each(nodes, (node) => (Object(node) === node && "specialist" in (node as object) ? node : placed(node))),
    conditions: each(conditions, frozenCopy),
    reducers: each(reducers, (reducer) => reducer),
    loops: frozenCopy(loops),
    start: frozenCopy(start),
    edges: frozenCopy(edges),
  }) as any;
}

const placed = (specialist: unknown) => Object.freeze({ specialist, read: {}, write: {}, set: {} });

function each(part: unknown, of: (one: unknown) => unknown): unknown {
  return isPlain(part) ? Object.freeze(Object.fromEntries(Object.entries(part).map(([name, one]) => [name, of(one)]))) : part;
}
