import { TroupeError } from "../error/error.js";
import { withinLimits } from "../limits/within-limits.js";
import { mediaSchemaOf } from "../media/open-all.js";
import { after, type Soon } from "../schema/after.js";
import type { Json } from "../schema/json.js";
import { onlyLooks } from "../schema/only-looks.js";
import { plainJson } from "../schema/plain-json.js";
import { type Validated, validate } from "../schema/schema.js";
import { heldResult } from "./held-result.js";
import { type Live, signalOf } from "./live.js";
import type { Performing } from "./perform.js";
import { isRecorded } from "./recorded.js";
import { isOnce } from "./replay/once.js";

/**
 * What a specialist gave for an input, its media opened, held to its output schema, as JSON.
 * @throws TroupeError `LIMIT_CROSSED`, one of `openMedia`, `OUTPUT_INVALID` where the schema refuses it, `OUTPUT_NOT_JSON` where a journal could not keep it.
 */
export function checkedOutput(
  live: Live,
  output: unknown,
  input: Readonly<Record<string, unknown>>,
  host: Pick<Performing, "graph" | "limits" | "media">,
): Soon<Json> {
  const { graph, limits, media } = host;
  const { at, specialist } = live;
  const { name, output: schema } = specialist;
  const place = { graph, at };
  withinLimits(output, limits, place);
  const signal = () => signalOf(live);
  const made = isOnce(specialist) ? media.once(output, signal()) : mediaSchemaOf(schema) ? media.made(schema, output, signal()) : output;
  return after(made, (opened) =>
    after(held(live, opened, input), (checked) => {
      if ("problems" in checked) {
        const hint = "Let it return what its schema says, or change the schema.";
        const what = `${name} gave what its output schema refuses: ${checked.problems.join("; ")}`;
        throw new TroupeError("OUTPUT_INVALID", what, { ...place, hint });
      }
      return plainJson(checked.value, (what, path) => {
        const hint = "Return plain JSON values, or media.";
        throw new TroupeError("OUTPUT_NOT_JSON", `${name} gave ${what}, which a journal cannot keep`, {
          ...place,
          field: path.join("."),
          hint,
        });
      });
    }),
  );
}

/** An output held to its specialist's schema, once: a schema may make something else of what it made. */
function held({ specialist, answered }: Live, output: unknown, input: Readonly<Record<string, unknown>>): Soon<Validated> {
  if (answered !== undefined && output === answered) return { value: output };
  if (isRecorded(output) && !onlyLooks(specialist.output)) return { value: output };
  const { graph, input: takes, output: gives } = specialist;
  return graph ? heldResult(graph, takes, gives, input, output as Readonly<Record<string, unknown>>) : validate(gives, output);
}
