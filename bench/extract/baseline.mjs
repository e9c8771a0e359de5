const dates = /(?<!\d)(\d{1,2})[-/. ]{1,2}(\d{1,2}|[A-Za-z]{3})[A-Za-z]*[-/., ]{1,2}(\d{4}|\d{2})(?!\d)/g;
const names = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const amounts = /(?<![\d.,])\d+(?:,\d{3})*[.,]\d{2}(?![\d.,]|\s?%)/g;

/**
 * What fifteen lines get: the first line with letters less a number of registration, the first date day first, and the largest
 * amount that stands there twice, else the largest.
 */
export function baseline(text) {
  const line = text.split("\n").find((line) => (line.match(/\p{L}/gu) ?? []).length >= 3);
  const merchant = line?.replace(/\s*\(?[A-Z]{0,3}\d{4,}[-\s]?[A-Z]?\)?\s*$/, "").trim() ?? null;
  const date = [...text.matchAll(dates)].flatMap(([, day, month, year]) => {
    const m = Number(month) || names.indexOf(month.toLowerCase()) + 1;
    if (m < 1 || m > 12 || day < 1 || day > 31) return [];
    return [`${year.length === 2 ? `20${year}` : year}-${String(m).padStart(2, "0")}-${day.padStart(2, "0")}`];
  })[0];
  const all = [...text.matchAll(amounts)].map(([written]) => Number(written.replace(/[.,](?=\d{3})/g, "").replace(",", ".")));
  const twice = all.filter((value, i) => all.indexOf(value) !== i);
  const total = Math.max(...(twice.length ? twice : all));
  return { merchant, date: date ?? null, total: Number.isFinite(total) ? total : null };
}

const iso = /(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/;
const first = (text, pattern) => pattern.exec(text)?.[0] ?? null;
const firstOf = {
  organisation: (text) => baseline(text).merchant,
  date: (text) => first(text, iso) ?? baseline(text).date,
  amount: (text) =>
    [...text.matchAll(amounts)].map(([written]) => Number(written.replace(/[.,](?=\d{3})/g, "").replace(",", ".")))[0] ?? null,
  number: (text) => Number(first(text, /(?<![\d.,])\d+(?:[.,]\d+)?/)?.replace(",", ".") ?? Number.NaN) || null,
  time: (text) =>
    first(text, /(?<!\d)\d{1,2}[:.]\d{2}(?![\d.])/)
      ?.replace(".", ":")
      .padStart(5, "0") ?? null,
  email: (text) => first(text, /[\w.+-]+@[\w-]+\.[\w.-]*\w/),
  person: (text) => first(text, /\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+/u),
  text: (text) => first(text, /[\p{L}\d/-]*\d[\p{L}\d/-]*/u),
};

/** What some more lines get of any fields: the first value of a field's kind. */
export const firstOfKind = (fields, text) =>
  Object.fromEntries(Object.entries(fields).map(([name, { kind = "text" }]) => [name, firstOf[kind](text)]));
