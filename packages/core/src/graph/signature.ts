import type { Schema } from "../schema/schema.js";
import type { Graph } from "./graph.js";

declare const io: unique symbol;

/** What a graph knows of a specialist: its name, what it does, and what it takes and gives, by field name. */
export interface Signature<I extends object = any, O extends object = any> {
  readonly name: string;
  /** One sentence, read by planners. */
  readonly does: string;
  readonly input: Schema;
  readonly output: Schema;
  /** Milliseconds one occurrence may take. */
  readonly timeout?: number;
  /** Outputs that hold a label which a model decides and that is never called unsure, and the outputs that say how sure each is. */
  readonly decided?: Readonly<Record<string, string>>;
  /** Set where the specialist is a graph of its own. */
  readonly graph?: Graph;
  /** Set where it is a team. */
  readonly team?: { readonly members: readonly { readonly name: string }[] };
  /** Only for types: what is fed in and what comes out. */
  readonly [io]?: { input: I; output: O };
}

declare const bound: unique symbol;

/** A specialist's place in a graph, with its fields renamed and constants bound. Made by `use`. */
export interface Use<R extends object = any, W extends object = any> {
  readonly specialist: Signature;
  /** Input field -> state field. */
  readonly read: Readonly<Record<string, string>>;
  /** Output field -> state field. */
  readonly write: Readonly<Record<string, string>>;
  /** Input field -> constant. */
  readonly set: Readonly<Record<string, unknown>>;
  readonly timeout?: number;
  /** Only for types: the state fields it reads and writes. */
  readonly [bound]?: { reads: R; writes: W };
}
