/** How digits with marks among them can be read. */
export interface Digits {
  readonly whole: string;
  readonly part: string;
  /** What parts thousands. */
  readonly group?: string;
  /** What parts the whole from its decimals. */
  readonly point?: string;
  /** One mark before three digits: thousands or decimals, for the text to tell. */
  readonly either?: string;
}

/** The reading of digits (`1 234,56`, `12,34,567`, `0.125`), or nothing where they have none (`1.2.3`). */
export function digitsOf(written: string): Digits | undefined {
  const [first = "", ...rest] = written.split(/([.,'٫ \u00a0])/);
  const groups = [first, ...rest.filter((_, i) => i % 2 === 1)];
  const marks = rest.filter((_, i) => i % 2 === 0);
  const whole = groups.join("");
  if (whole.replace(/^0+/, "").length > 15) return;
  const [group, last] = [marks[0], marks.at(-1)];
  if (group === undefined || last === undefined) return { whole, part: "" };
  const parts = last === "." || last === "," || last === "٫";
  if (marks.length === 1 && parts) {
    if (last !== "٫" && thousands(groups, last)) return { whole, part: "", either: last };
    const [, part = ""] = groups;
    return { whole: first, part, point: last };
  }
  if (marks.every((mark) => mark === group)) return thousands(groups, group) ? { whole, part: "", group } : undefined;
  const before = groups.slice(0, -1);
  if (!parts || marks.slice(0, -1).some((mark) => mark !== group) || group === last || !thousands(before, group)) return;
  return { whole: before.join(""), part: groups.at(-1) ?? "", group, point: last };
}

/** Whether these are groups of three, or as in India of two before the last three. */
function thousands(groups: readonly string[], mark: string): boolean {
  const [first = "", ...rest] = groups;
  if (!/^[1-9]\d{0,2}$/.test(first)) return false;
  if (rest.every(({ length }) => length === 3)) return true;
  return (
    (mark === "," || mark === "'") && first.length < 3 && rest.at(-1)?.length === 3 && rest.slice(0, -1).every(({ length }) => length === 2)
  );
}
