/** One finding of a check, as data. `path` leads to the place, from the graph's root: `["edges", "triage", 0, "to"]`. */
export interface Issue {
  /** Stable name of the finding, in kebab case: `unknown-target`. */
  readonly code: string;
  readonly path: readonly (string | number)[];
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** The names it speaks of, by what they name; of each kind, what the finding is about comes first. */
  readonly names?: Names;
  /** What to do about it. */
  readonly hint?: string;
  /** Line in the file the graph was read from, from 1. */
  readonly line?: number;
}

/** Names by what they name. */
export type Names = Readonly<Partial<Record<Named, readonly string[]>>>;

/** What a name in an issue can be of; `key` is one that a file or a value lacks or does not know. */
export type Named =
  | "node"
  | "field"
  | "condition"
  | "reducer"
  | "specialist"
  | "input"
  | "output"
  | "label"
  | "test"
  | "member"
  | "model"
  | "task"
  | "argument"
  | "key";

/**
 * `edges.triage[0].to: message. hint [code]`, one line.
 *
 * @example
 * formatIssue({ code: "no-target", path: ["edges", "triage"], message: "There is no node \"bug\"." });
 */
export function formatIssue(issue: Issue): string {
  const path = issue.path.map((key, i) => (typeof key === "number" ? `[${key}]` : i ? `.${key}` : key)).join("");
  const place = [issue.line ? `line ${issue.line}` : "", path].filter(Boolean).join(", ");
  const said = issue.hint && !/[.!?:]$/.test(issue.message) ? `${issue.message}.` : issue.message;
  return `${place ? `${place}: ` : ""}${said}${issue.hint ? ` ${issue.hint}` : ""} [${issue.code}]`;
}
