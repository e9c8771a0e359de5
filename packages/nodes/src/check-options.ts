import { nearest, TroupeError } from "@troupe/core";
import { z } from "zod";

/**
 * Refuses options that a ready specialist, or a model, can do nothing with: of another name, or not of their type.
 * @throws TroupeError `OPTION_INVALID`, which names the first.
 */
export function checkOptions(of: string, given: unknown, shape: z.ZodRawShape): void {
  const { issues = [] } = z.strictObject(shape).safeParse(given).error ?? {};
  // A name that is misspelt says more than that the right one is missing.
  const issue = issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0];
  if (!issue) return;
  const names = Object.keys(shape);
  const own = `Its options are ${names.join(", ")}.`;
  if (issue.code === "unrecognized_keys") {
    const [key] = issue.keys as [string];
    const near = nearest(key, names);
    throw new TroupeError("OPTION_INVALID", `${of}.${key} is no option of it`, { hint: near ? `Did you mean "${near}"?` : own });
  }
  const place = [of, ...(issue.path.length ? issue.path : ["options"])].join(".");
  throw new TroupeError("OPTION_INVALID", `${place} is not what it takes: ${issue.message}`, { hint: own });
}
