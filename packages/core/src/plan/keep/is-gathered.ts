import { type Argument, type Ref, refsOf } from "../../graph/plan.js";
import type { Json } from "../../schema/json.js";

/** Whether a value is a list put together of answers and inputs. */
export const isGathered = (value: Argument): value is readonly (Ref | Json)[] =>
  Array.isArray(value) && refsOf(value as Argument).length > 0;
