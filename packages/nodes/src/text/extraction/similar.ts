import { likeness } from "./likeness.js";

/** Letters and digits only, lower case, without accents. */
export const plain = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** How alike two short strings are, from 0 to 1: see `likeness`. */
export const similar = (a: string, b: string): number => (a === b ? 1 : (likeness([a])(b)[0]?.[1] ?? 0));
