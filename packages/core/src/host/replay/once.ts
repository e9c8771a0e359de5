import { objectSchema, type Schema } from "../../graph/schema.js";
import type { Specialist } from "../../specialist/specialist.js";

const json = () => ({});
const anything = {
  "~standard": { version: 1, vendor: "troupe", jsonSchema: { input: json, output: json }, validate: (value: unknown) => ({ value }) },
} as Schema;

const takes = objectSchema({ by: anything });
const gives = objectSchema({ value: anything });

/** A function as what is called once: its value is kept like that of any call. */
export const once = (fn: () => unknown): Specialist => ({
  name: "once",
  does: "Does something once",
  input: takes,
  output: gives,
  run: async () => ({ value: await fn() }),
});
