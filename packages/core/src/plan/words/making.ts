import type { Argument } from "../../graph/plan.js";
import type { Card } from "../brief.js";
import type { Literal } from "./literals/literal.js";

/** What the request asks of a member. */
export interface Doing {
  readonly card: Card;
  /** What the request says of it. */
  readonly text: string;
  /** What that says outright, as the whole request reads it: a name that begins a part begins no sentence. */
  readonly literals: readonly Literal[];
  /** It begins by pointing back: `it`, `that`. */
  readonly pointing: boolean;
  /** The words by which it speaks of what came before. */
  readonly spoken: ReadonlySet<string>;
}

/** A task of a plan in the making. */
export interface Making extends Doing {
  readonly id: string;
  readonly args: Record<string, Argument>;
}
