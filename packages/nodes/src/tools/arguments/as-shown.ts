import type { Parameter } from "../parameter.js";

const example = /\b(?:e\.g\.|example|such as|like)[,:]?\s*["'`]?([^"'`()]+)/i;
const named = /^\s*(?:\p{L}\w?|\p{L}\w?\(\s*\w\s*\))\s*=\s*(\S.*)$/u;

/** A text as the description's example shows it: of a function or formula that is given a name (`y = 3x + 2`) what it is, where the example has none. */
export function asShown(value: string, { description = "" }: Parameter): string {
  const shown = example.exec(description)?.[1];
  return (shown && !shown.includes("=") && named.exec(value)?.[1]) || value;
}
