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

/** A table with a head; columns without a value below their head are left out, the first is cut where the lines are too wide. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
  right: readonly number[] = [],
): string[] {
  const kept = head.map((_, i) => rows.some((row) => row[i]));
  const clean = (row: readonly string[]) => row.map((cell, i) => (kept[i] ? cell : ""));
  const all = [head, ...rows].map(clean);
  const widest = Math.max(...columns(all, right).map(widthOf));
  if (widest <= width) return columns(all, right);
  const first = Math.max(...all.map((row) => widthOf(row[0]!)));
  const room = Math.max(8, first - (widest - width));
  return columns(
    all.map(([name, ...rest]) => [fit(name!, room, "end"), ...rest]),
    right,
  ).map((line) => fit(line, width));
}
