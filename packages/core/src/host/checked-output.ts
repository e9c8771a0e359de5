import { TroupeError } from "../error/error.js";
import { withinLimits } from "../limits/within-limits.js";
import { mediaSchemaOf } from "../media/open-all.js";
import { after, type Soon } from "../schema/after.js";
import type { Json } from "../schema/json.js";
import { plainJson } from "../schema/plain-json.js";
import { validate } from "../schema/schema.js";
import type { Specialist } from "../specialist/specialist.js";
import { type Live, signalOf } from "./live.js";
import type { Performing } from "./perform.js";

/**
 * What a specialist gave, its media opened, held to its output schema, as JSON.
 * @throws TroupeError `LIMIT_CROSSED`, one of `openMedia`, `OUTPUT_INVALID` where the schema refuses it, `OUTPUT_NOT_JSON` where a journal could not keep it.
 */
export function checkedOutput(live: Live, output: unknown, host: Pick<Performing, "graph" | "limits" | "media">): Soon<Json> {
  const { graph, limits, media } = host;
  const { at, specialist } = live;
  const schema = specialist.output;
  withinLimits(output, limits, { graph, at });
  const made = mediaSchemaOf(schema) ? media.made(schema, output, signalOf(live)) : output;
  return after(made, (opened) => heldOutput(specialist, opened, { graph, at }));
}

/** An output held to its specialist's schema, as JSON. @throws TroupeError `OUTPUT_INVALID`, `OUTPUT_NOT_JSON` */
function heldOutput(
  { name, output: schema }: Specialist,
  output: unknown,
  place: { readonly graph: string; readonly at: string },
): Soon<Json> {
  return after(validate(schema, output), (checked) => {
    if ("problems" in checked) {
      const hint = "Let it return what its schema says, or change the schema.";
      throw new TroupeError("OUTPUT_INVALID", `${name} gave what its output schema refuses: ${checked.problems.join("; ")}`, {
        ...place,
        hint,
      });
    }
    return plainJson(checked.value, (what, path) => {
      const hint = "Return plain JSON values, or media.";
      throw new TroupeError("OUTPUT_NOT_JSON", `${name} gave ${what}, which a journal cannot keep`, {
        ...place,
        field: path.join("."),
        hint,
      });
    });
  });
}
