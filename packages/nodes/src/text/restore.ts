import { mark, specialist } from "@troupe/core";
import { z } from "zod";
import { filledIn } from "./redaction/placeholder.js";

/**
 * Puts back what `redact` took out of a text, or out of what a model made of it: each placeholder that the vault has. What it gives is as
 * private as the vault.
 *
 * @example
 * nodes: { redact, ask: use(ask, { read: { text: "redacted" }, write: { reply: "text" } }), restore }
 */
export const restore = specialist({
  name: "restore",
  does: "Puts personal data back into a text it was taken out of",
  input: z.object({ text: z.string(), vault: mark.private(z.record(z.string(), z.string())) }),
  output: z.object({ restored: mark.private(z.string()) }),
  run: ({ text, vault }) => ({ restored: filledIn(text, vault) }),
});
