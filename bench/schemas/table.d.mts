import type { Schema } from "@troupe/core";

export interface Row {
  readonly name: string;
  readonly schema: Schema;
  /** What a model is asked. */
  readonly ask: string;
  readonly fits: readonly unknown[];
  /** What neither grammar nor validator takes. */
  readonly misfits: readonly unknown[];
  /** What only the validator refuses. */
  readonly loose: readonly unknown[];
}

export declare const table: readonly Row[];
