import type { Pattern } from "./pattern.js";

/**
 * A pattern of a JSON Schema, as JavaScript means it with the flag `u`. A browser's graphs and their constants come with the page, not as
 * data from elsewhere, and a page cannot stop a pattern.
 * @throws SyntaxError where it is no pattern
 */
export const patternOf = (source: string): Pattern => new RegExp(source, "u");
