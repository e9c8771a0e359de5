/** Levels and parts of a schema that is written out; shared parts count each time. Above the largest that anyone writes. */
const mostLevels = 500;
const mostParts = 1_000_000;

/** What makes a schema too much to be written out, checked and journalled; undefined where nothing does. Time by its distinct parts. */
export function tooMuch(schema: object): string | undefined {
  const parts = new Map<object, { readonly count: number; readonly levels: number }>();
  const measure = (value: unknown, level: number): { readonly count: number; readonly levels: number } => {
    if (typeof value !== "object" || value === null) return { count: 1, levels: 0 };
    // One that holds itself ends here too.
    if (level > mostLevels) return { count: 1, levels: level };
    const known = parts.get(value);
    if (known) return known;
    const inside = Object.values(value).map((one) => measure(one, level + 1));
    const found = {
      count: inside.reduce((sum, { count }) => sum + count, 1),
      levels: 1 + Math.max(0, ...inside.map(({ levels }) => levels)),
    };
    parts.set(value, found);
    return found;
  };
  const { count, levels } = measure(schema, 0);
  if (levels > mostLevels) return `it nests deeper than ${mostLevels} levels`;
  return count > mostParts ? `it is too large, more than ${mostParts.toLocaleString("en")} parts` : undefined;
}
