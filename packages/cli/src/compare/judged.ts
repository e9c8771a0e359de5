import { type Check, holds } from "./check.js";
import type { Ran } from "./run-case.js";
import type { Case } from "./suite.js";

/** Of a case: what was expected of it, and what of that did not come. */
export interface Judged {
  /** `refused` where the model takes no such input; `none` where the case expects nothing. */
  readonly verdict: "right" | "wrong" | "failed" | "refused" | "none";
  readonly fields: number;
  readonly wrong: readonly { readonly field: string; readonly expected: Check; readonly got: unknown }[];
}

/** Holds what came of a case to what it expects. What failed is right in nothing. */
export function judge({ expect }: Case, { output, error }: Ran): Judged {
  const fields = Object.entries(expect);
  const wrong = fields
    .filter(([field, check]) => !output || !holds(check, output[field]))
    .map(([field, expected]) => ({ field, expected, got: output?.[field] ?? null }));
  const verdict = error
    ? error.code === "MODALITY_UNSUPPORTED"
      ? "refused"
      : "failed"
    : fields.length === 0
      ? "none"
      : wrong.length
        ? "wrong"
        : "right";
  return { verdict, fields: fields.length, wrong };
}
