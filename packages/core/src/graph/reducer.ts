import { listSchema, type Schema } from "../schema/schema.js";

declare const io: unique symbol;

/** A state field that takes several contributions. `schema` is of one contribution. */
export interface Reduced<Read = any, Write = any> {
  readonly reduce: string;
  readonly schema: Schema;
  readonly [io]?: { read: Read; write: Write };
}

type Out<S extends Schema> = NonNullable<S["~standard"]["types"]>["output"];

/**
 * A list field: each write adds one item. Readers share the items, which are frozen. A reader whose zod schema has no code of its own and
 * no bound on the list is shown each item once, also in a loop; any other is shown all of them in every round.
 *
 * @example
 * state: { drafts: append(z.string()) } // a node writes one draft, a reader finds all
 */
export function append<S extends Schema>(item: S): Reduced<Out<S>[], Out<S>> {
  return Object.freeze({ reduce: "append", schema: item });
}

/**
 * A number field: writes add up, from 0.
 *
 * @example
 * state: { cost: sum(z.number()) }
 */
export function sum<S extends Schema<any, number>>(number: S): Reduced<number, number> {
  return Object.freeze({ reduce: "sum", schema: number });
}

/**
 * A field folded by one of the graph's `reducers`, by name; the first contribution stands as it is.
 *
 * @example
 * state: { best: reduced("cheaper", offer) },
 * reducers: { cheaper: (total, next) => (next.price < total.price ? next : total) }
 */
export function reduced<S extends Schema>(reducer: string, schema: S): Reduced<Out<S>, Out<S>> {
  return Object.freeze({ reduce: reducer, schema });
}

const lists = new WeakMap<Reduced, Schema>();

/** The schema of what a reader of a field finds: of one field always the same. */
export function readSchema(field: Schema | Reduced): Schema {
  if (!("reduce" in field)) return field;
  if (field.reduce !== "append") return field.schema;
  let list = lists.get(field);
  if (!list) lists.set(field, (list = listSchema(field.schema)));
  return list;
}
