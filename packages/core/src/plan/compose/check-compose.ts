import type { Issue } from "../../error/issue.js";
import { didYouMean, listed } from "../../error/nearest.js";
import { jsonSchemaOf } from "../../schema/schema.js";
import type { Specialist } from "../../specialist/specialist.js";
import { holdsMedia, slotsOf } from "../slot.js";

/** Outputs to be composed that a team does not have, or that no model can write. */
export function checkCompose({ output, team }: Specialist): readonly Issue[] {
  const slots = slotsOf(jsonSchemaOf(output));
  return (team!.compose?.outputs ?? []).flatMap((name, i): Issue[] => {
    const path = ["compose", "outputs", i];
    const slot = slots[name];
    if (!slot) {
      const hint = didYouMean(name, Object.keys(slots), `There are ${listed(Object.keys(slots)) || "none"}.`);
      return [{ code: "unknown-output", path, names: { output: [name] }, message: `"${name}" is to be composed, and is no output.`, hint }];
    }
    if (!holdsMedia(slot.schema)) return [];
    const hint = "Let a member give it, and compose what is said of it in words.";
    return [{ code: "compose-unfit", path, names: { output: [name] }, message: `"${name}" can't be composed: it holds a medium.`, hint }];
  });
}
