import { type Argument, isRef } from "../graph/plan.js";

/**
 * What settled a place: for good by the team, how it is spelt, names, the request's words, types, meaning, that what stands there has no
 * other use, the order, a schema's own value, a decision model.
 */
export type SettledBy = "settled" | "spelling" | "name" | "words" | "type" | "meaning" | "use" | "order" | "default" | "decision";

/** A place of a plan, where its value comes from, and what settled that. */
export interface Settled {
  /** `t2.text` in a plan that was written, `translate.text` in one that is derived, or `output.summary`. */
  readonly place: string;
  /** `input.note`, `t1.text` or `summarize.summary`, a list of these, or a literal as JSON. */
  readonly source: string;
  readonly by: SettledBy;
  /** The decision model that settled it. */
  readonly decider?: string;
}

/** A value as the source of a place. */
export function sourceSaid(value: Argument): string {
  if (isRef(value)) return value.ref;
  return Array.isArray(value) ? `[${value.map((one) => sourceSaid(one as Argument)).join(", ")}]` : JSON.stringify(value);
}
