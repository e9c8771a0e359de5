import type { BaseChannel } from "@langchain/langgraph";
import { type Contribution, compareKeys } from "../../engine/contributions.js";
import { openFields, readField } from "../../engine/fields.js";
import type { GraphData } from "../../graph/data.js";
import type { Reducer } from "../../graph/graph.js";
import type { Json } from "../../schema/json.js";
import type { LangGraph } from "./library.js";

/** The state's channel that says what is completed. */
export const courseChannel = "troupe:course";

/** What a node adds to a field with a reducer; `key` is its place in the graph's order. */
export interface Contributions {
  readonly contributions: readonly Contribution[];
}
/** What a new run makes of a field: what it is given, or nothing. */
interface Fresh {
  readonly fresh: readonly Json[];
}

/** Marks what these channels are told, apart from any value of a field. */
const mark = "troupe:field";
export const contributed = (contributions: Contributions["contributions"]) => ({ [mark]: { contributions } });
export const fresh = (value: Json | undefined) => ({ [mark]: { fresh: value === undefined ? [] : [value] } });

interface Held {
  readonly base: readonly Json[];
  readonly contributions: Contributions["contributions"];
}
const empty: Held = { base: [], contributions: [] };

/**
 * One channel a state field. It is read as a Troupe run reads the field: contributions folded in the graph's order, and not in order of
 * arrival. What is written from outside (`updateState`) stands in place of what was there.
 */
export function fieldChannels(
  { BaseChannel, EmptyChannelError }: LangGraph,
  graph: GraphData,
  reducers: Readonly<Record<string, Reducer>>,
): Readonly<Record<string, BaseChannel>> {
  class Field extends BaseChannel<Json, unknown, Held> {
    override lc_graph_name = "TroupeField";
    readonly field: string;
    private held: Held;

    constructor(field: string, held = empty) {
      super();
      this.field = field;
      this.held = held;
    }
    override fromCheckpoint(held?: Held): this {
      return new Field(this.field, held ?? empty) as this;
    }
    override update(values: readonly unknown[]): boolean {
      for (const value of values) this.held = told(this.held, value);
      return values.length > 0;
    }
    override get(): Json {
      const { base, contributions } = this.held;
      const fields = openFields(graph, base.length ? { [this.field]: base[0]! } : {});
      fields.reduced = new Map([[this.field, { contributions: inOrder(contributions) }]]);
      const value = readField(fields, this.field, reducers);
      if (value === undefined) throw new EmptyChannelError();
      return value;
    }
    override checkpoint(): Held {
      return this.held;
    }
    override equals(other: BaseChannel): boolean {
      return other.lc_graph_name === this.lc_graph_name && (other as Field).field === this.field;
    }
  }
  return Object.fromEntries(Object.keys(graph.state).map((name) => [name, new Field(name)]));
}

/** In the graph's order, whatever the order of arrival. */
const inOrder = (contributions: readonly Contribution[]): Contribution[] => [...contributions].sort((a, b) => compareKeys(a.key, b.key));

function told(held: Held, value: unknown): Held {
  const said = Object(value)[mark] as Contributions | Fresh | undefined;
  if (said === undefined) return { base: [value as Json], contributions: [] };
  if ("fresh" in said) return { base: said.fresh, contributions: [] };
  return { ...held, contributions: [...held.contributions, ...said.contributions] };
}
