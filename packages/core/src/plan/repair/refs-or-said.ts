import { type Argument, isRef, type Plan } from "../../graph/plan.js";
import type { Json } from "../../schema/json.js";
import type { Brief } from "../brief.js";
import { isSaid, placeholderIn } from "../placeholder-in.js";

/** Whether a value is, or holds, a ref, a placeholder or what the request says: left out, something would be lost. */
export function refsOrSaid(value: Argument, plan: Plan, brief: Brief): boolean {
  if (isRef(value)) return true;
  if (typeof value === "object" && value !== null) return Object.values(value).some((one) => refsOrSaid(one as Json, plan, brief));
  // Of a long number digits are lost already, which the request may say.
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)) return true;
  return value !== null && typeof value !== "boolean" && (isSaid(String(value), brief) || placeholderIn(value, plan, brief) !== undefined);
}
