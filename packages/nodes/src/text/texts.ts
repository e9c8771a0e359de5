import { z } from "zod";

/** One text, or several that belong together: a transcript and a note, say. */
export const texts = z.union([z.string(), z.array(z.string())]);

/** Several texts as one, a blank line between them. */
export function joined(text: string | readonly string[]): string {
  return (typeof text === "string" ? [text] : text)
    .map((one) => one.trim())
    .filter(Boolean)
    .join("\n\n");
}
