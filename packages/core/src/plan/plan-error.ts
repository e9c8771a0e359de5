import { TroupeError } from "../error/error.js";

/** No plan could be made, by any planner: `issues` holds the findings of the last one, `detail.text` what its planner wrote. */
export class PlanError extends TroupeError {
  override readonly name = "PlanError";
}
