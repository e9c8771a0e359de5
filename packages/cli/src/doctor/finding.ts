/** One thing the doctor looked at. */
export interface Finding {
  readonly name: string;
  /** `missing` is what something that is required lacks; `absent` is what one can do without. */
  readonly status: "ok" | "absent" | "missing";
  /** What is there, or what is not. */
  readonly found: string;
  /** What to do, where something is not there. */
  readonly hint?: string;
}
