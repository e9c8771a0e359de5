import { optionInvalid } from "../error/option-invalid.js";
import { isRecord, say } from "../schema/say.js";
import type { Brief } from "./brief.js";

const forms = {
  request: ["a text", (one: unknown) => typeof one === "string"],
  members: ["a list", Array.isArray],
  given: ["an object", isRecord],
  wanted: ["an object", isRecord],
  spare: ["a list", Array.isArray],
  shown: ["an object", isRecord],
} as const;

/** Refuses what is no brief, by the first part that it lacks. @throws TroupeError `OPTION_INVALID` */
export function checkBrief(of: string, brief: Brief, needs: readonly (keyof typeof forms)[] = ["members", "given", "wanted"]): void {
  const hint = "Give a brief: { request, members, given, wanted, spare, shown }.";
  if (!isRecord(brief)) throw optionInvalid(of, "brief", `is ${say(brief)}`, hint);
  for (const name of needs) {
    const [form, fits] = forms[name];
    if (!fits(brief[name])) throw optionInvalid(of, `brief.${name}`, `is ${say(brief[name])}, where ${form} belongs`, hint);
  }
}
