import { fit, widthOf } from "./printable.js";

/** Rows as aligned lines; columns empty in every row are left out. `right` names the columns set to the right. */
export function columns(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, i) => Math.max(0, ...rows.map((row) => widthOf(row[i] ?? ""))));
  return rows.map((row) =>
    widths
      .flatMap((width, i) => {
        if (width === 0) return [];
        const cell = row[i] ?? "";
        const space = " ".repeat(width - widthOf(cell));
        return [right.includes(i) ? space + cell : cell + space];
      })
      .join("  ")
      .trimEnd(),
  );
}

export interface TableOptions {
  /** Columns set to the right. */
  readonly right?: readonly number[];
  /** Columns that are left out where there is no room for all, the first of them first. */
  readonly spare?: readonly number[];
}

/**
 * A table with a head; columns without a value below their head are left out. Where the lines are too wide, first what stands in the
 * first column is cut, down to its head, then spare columns go: heads stay whole.
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
  { right = [], spare = [] }: TableOptions = {},
): string[] {
  const without = new Set(head.flatMap((_, i) => (rows.some((row) => row[i]) ? [] : [i])));
  const [title = ""] = head;
  const least = Math.max(8, widthOf(title));
  for (const next of [...spare, undefined]) {
    const all = [head, ...rows].map((row) => row.map((cell, i) => (without.has(i) ? "" : cell)));
    const widest = Math.max(...columns(all, right).map(widthOf));
    if (widest <= width) return columns(all, right);
    const first = Math.max(...all.map((row) => widthOf(row[0] ?? "")));
    const room = first - (widest - width);
    if (room >= Math.min(first, least) || next === undefined) {
      const cut = all.map(([name = "", ...rest]) => [fit(name, Math.max(room, Math.min(first, least)), "end"), ...rest]);
      return columns(cut, right).map((line) => fit(line, width));
    }
    without.add(next);
  }
  return [];
}
