import { TroupeError } from "../graph/error.js";
import type { Json } from "../graph/json.js";
import { validate } from "../graph/schema.js";
import type { Specialist } from "../specialist/specialist.js";
import { plainJson } from "./plain-json.js";

/**
 * What a specialist gave, held to its output schema, as JSON.
 * @throws TroupeError `OUTPUT_INVALID` where the schema refuses it, `OUTPUT_NOT_JSON` where a journal could not keep it.
 */
export async function checkedOutput(specialist: Specialist, output: unknown, at: string, graph: string): Promise<Json> {
  const checked = await validate(specialist.output, output);
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
