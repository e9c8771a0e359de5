import { z } from "zod";

/** What a label means, as `LabelMeaning` says it; null where its name says all. */
export const labelMeaning = z.union(
  [z.string(), z.strictObject({ description: z.string().optional(), examples: z.array(z.string()).readonly().optional() }), z.null()],
  { error: "a label means a text, or { description, examples: [texts] }" },
);
