import { TroupeError } from "../graph/error.js";
import type { Json } from "../graph/json.js";
import { validate } from "../graph/schema.js";
import { withinLimits } from "../limits/within-limits.js";
import type { Specialist } from "../specialist/specialist.js";
import type { Performing } from "./perform.js";
import { plainJson } from "./plain-json.js";

/**
 * What a specialist gave, its media opened, held to its output schema, as JSON.
 * @throws TroupeError `LIMIT_CROSSED`, one of `openMedia`, `OUTPUT_INVALID` where the schema refuses it, `OUTPUT_NOT_JSON` where a journal could not keep it.
 */
export async function checkedOutput(
  specialist: Specialist,
  output: unknown,
  at: string,
  { graph, limits, media }: Pick<Performing, "graph" | "limits" | "media">,
  signal: AbortSignal,
): Promise<Json> {
  withinLimits(output, limits, { graph, at });
  const checked = await validate(specialist.output, await media.made(specialist.output, output, signal));
  if ("problems" in checked) {
    throw new TroupeError("OUTPUT_INVALID", `${specialist.name} gave what its output schema refuses: ${checked.problems.join("; ")}`, {
      graph,
      at,
      hint: "Let it return what its schema says, or change the schema.",
    });
  }
  return plainJson(checked.value, (what, path) => {
    throw new TroupeError("OUTPUT_NOT_JSON", `${specialist.name} gave ${what}, which a journal cannot keep`, {
      graph,
      at,
      field: path.join("."),
      hint: "Return plain JSON values, or media.",
    });
  });
}
