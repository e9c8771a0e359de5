export interface Brackets {
  readonly start: number;
  /** Undefined where it is not closed. */
  readonly end?: number;
  /** Where the one around it begins. */
  readonly around?: number;
}

/** How deep brackets of prose may stand around an answer. */
const deepest = 3;

/** Braces and brackets with at most two others around them, by where they begin, and whether the text ends within a string in them. Those in strings are none. */
export function bracketsIn(text: string): { readonly found: readonly Brackets[]; readonly quoted: boolean } {
  const found: Brackets[] = [];
  const open: number[] = [];
  const add = (end?: number) => {
    const start = open.pop()!;
    const around = open.at(-1);
    if (open.length < deepest) found.push({ start, ...(end === undefined ? {} : { end }), ...(around === undefined ? {} : { around }) });
  };
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === "\\") i++;
      else if (c === '"') quoted = false;
    } else if (c === '"' && open.length > 0) quoted = true;
    else if (c === "{" || c === "[") open.push(i);
    else if ((c === "}" || c === "]") && open.length > 0) add(i + 1);
  }
  while (open.length > 0) add();
  return { found: found.sort((a, b) => a.start - b.start), quoted };
}
