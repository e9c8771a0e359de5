import { formatIssue, type Issue } from "./issue.js";

/** Where an error happened, as far as it is known. */
export interface Place {
  readonly graph?: string;
  /** Full path of the occurrence, or the node's name. */
  readonly at?: string;
  readonly field?: string;
  readonly file?: string;
}

export interface ErrorDetail extends Place {
  /** What to do about it, as an instruction. */
  readonly hint?: string;
  readonly issues?: readonly Issue[];
  /** What a model wrote, where that is what failed. */
  readonly text?: string;
  readonly cause?: unknown;
}

/**
 * Every error Troupe throws: a stable `code` (docs/errors.md has a line for each), what happened, where, and what to do.
 * `issues` holds the findings of a refused graph or plan, `text` what a model wrote.
 */
export class TroupeError extends Error {
  override readonly name: string = "TroupeError";
  readonly code: string;
  /** What happened, without place and remedy. */
  readonly what: string;
  readonly detail: ErrorDetail;

  constructor(code: string, what: string, detail: ErrorDetail = {}) {
    const place = [
      detail.graph && `graph ${detail.graph}`,
      detail.at && `at ${detail.at}`,
      detail.field && `field ${detail.field}`,
      detail.file,
    ]
      .filter(Boolean)
      .join(", ");
    const lines = [
      `${what}${place ? ` (${place})` : ""}`,
      ...(detail.issues ?? []).map((issue) => `  - ${formatIssue(issue)}`),
      ...(detail.hint ? [detail.hint] : []),
    ];
    super(lines.join("\n"), detail.cause === undefined ? undefined : { cause: detail.cause });
    this.code = code;
    this.what = what;
    this.detail = detail;
  }

  /** The same error, of the same class, with its place. */
  placed(place: Place): TroupeError {
    const Same = this.constructor as typeof TroupeError;
    return new Same(this.code, this.what, { ...this.detail, ...place });
  }

  get issues(): readonly Issue[] {
    return this.detail.issues ?? [];
  }

  get hint(): string | undefined {
    return this.detail.hint;
  }
}
