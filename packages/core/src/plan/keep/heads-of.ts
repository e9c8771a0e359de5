import { type Argument, refsOf } from "../../graph/plan.js";

/** The tasks that a value waits for. */
export const headsOf = (value: Argument): readonly string[] => {
  const heads = refsOf(value).flatMap((ref) => ref.split(".", 1));
  return [...new Set(heads)].filter((head) => head !== "input");
};
