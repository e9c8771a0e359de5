import { TroupeError } from "../../error/error.js";
import { objectSchema, type Schema } from "../../schema/schema.js";
import type { Specialist } from "../../specialist/specialist.js";

const json = () => ({});
const anything = {
  "~standard": { version: 1, vendor: "troupe", jsonSchema: { input: json, output: json }, validate: (value: unknown) => ({ value }) },
} as Schema;

const takes = objectSchema({ by: anything });
const gives = objectSchema({ value: anything });

/** Whether a specialist is such a function, whose value no schema tells the media of. */
export const isOnce = ({ output }: Pick<Specialist, "output">): boolean => output === gives;

/** A function as what is called once: its value is kept like that of any call. */
export function once(key: string, fn: () => unknown): Specialist {
  if (typeof fn !== "function")
    throw new TroupeError("SPECIALIST_INVALID", `ctx.once was given no function under the key ${String(key)}`, {
      hint: "Write ctx.once(key, () => …).",
    });
  return { name: "once", does: "Does something once", input: takes, output: gives, run: async () => ({ value: await fn() }) };
}
