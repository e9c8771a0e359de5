import type { Json } from "../schema/json.js";

/** What speaks against the values that a text may be meant to say. */
export interface Doubts {
  /** Names that an object has twice, with two values. */
  readonly doubled: Set<string>;
  /** Why something in it is read as no value, a sentence each: any reading would say what nobody wrote. */
  readonly unread: Set<string>;
  /** Values that stand side by side with no word for which one is meant, each with all that it may be a wrapper of. */
  readonly rivals: (readonly (readonly Json[])[])[];
}

export const noDoubts = (): Doubts => ({ doubled: new Set(), unread: new Set(), rivals: [] });
