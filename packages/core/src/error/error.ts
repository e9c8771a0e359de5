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
    super(textOf(what, detail), detail.cause === undefined ? undefined : { cause: detail.cause });
    this.code = code;
    this.what = what;
    this.detail = detail;
  }

  /** The same error with its place: of the same class, whatever its constructor takes, and with all that it carries but private fields. */
  placed(place: Place): TroupeError {
    // What a class of the user's own has put in the place of the message is what happened.
    const what = this.message === textOf(this.what, this.detail) ? this.what : this.message;
    const same = new TroupeError(this.code, what, { ...this.detail, ...place });
    const { message, what: _, detail, stack, ...own } = Object.getOwnPropertyDescriptors(this);
    same.stack = (this.stack ?? "").replace(this.message, () => same.message);
    return Object.setPrototypeOf(Object.defineProperties(same, own), Object.getPrototypeOf(this));
  }

  get issues(): readonly Issue[] {
    return this.detail.issues ?? [];
  }

  get hint(): string | undefined {
    return this.detail.hint;
  }
}

/** What happened, where, and what to do. */
function textOf(what: string, { graph, at, field, file, issues = [], hint }: ErrorDetail): string {
  const place = [graph && `graph ${graph}`, at && `at ${at}`, field && `field ${field}`, file].filter(Boolean).join(", ");
  const lines = [`${what}${place ? ` (${place})` : ""}`, ...issues.map((issue) => `  - ${formatIssue(issue)}`), ...(hint ? [hint] : [])];
  return lines.join("\n");
}
