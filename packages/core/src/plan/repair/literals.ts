import { type Argument, isRef } from "../../graph/plan.js";
import { standsIn } from "../../marks/stands-in.js";
import { isRounded } from "../../schema/is-rounded.js";
import type { JsonSchema } from "../../schema/json.js";
import { misfits } from "../../schema/misfits.js";
import { alternatives } from "../../schema/resolve.js";
import { checkValue } from "../check-plan.js";
import type { SettledBy } from "../settled.js";
import { holdsMedia, itemOf } from "../slot.js";
import { misspelt } from "./misspelt.js";
import { refsOrSaid } from "./refs-or-said.js";
import { clip, filled, placeName, placesOf, type Step, withValue } from "./step.js";

/** A value in another form than the place takes: a number as text, a label nearly right, a list of one, one where a list is wanted. */
export const changeForm: Step = (plan, brief) => {
  const said = [brief.request, ...Object.values(brief.shown)].join("\n");
  for (const place of placesOf(plan, brief)) {
    const { written, slot, task } = place;
    if (written === undefined) continue;
    const wrong = (value: Argument) =>
      checkValue(value, slot.schema, [], task === undefined ? "output" : "argument", plan, brief).length > 0;
    const done = (value: Argument, note: string, by: SettledBy = "type") => ({
      plan: withValue(plan, place, value),
      notes: [`${placeName(plan, place)}: ${note}`],
      settled: [filled(placeName(plan, place), value, by)],
    });
    const list = itemOf(slot.schema);
    if (Array.isArray(written) && written.length === 1 && !list && isRef(written[0]) && !wrong(written[0]))
      return done(written[0], "took the one ref of a list");
    if (!wrong(written)) continue;
    const form = formsOf(written, slot.schema).find((value) => !wrong(value));
    if (form !== undefined) return done(form, `took ${say(form)} for ${say(written)}`);
    // A ref to nothing that the request says word for word was no ref: `$50`.
    if (isRef(written) && /[^\w.-]/.test(written.ref) && standsIn(said, written.ref) && !wrong(written.ref))
      return done(written.ref, `took ${say(written.ref)} as the request says it`, "words");
    const dropped = !slot.required && !refsOrSaid(written, plan, brief);
    if (dropped)
      return {
        plan: withValue(plan, place, undefined),
        notes: [`${placeName(plan, place)}: left out, since ${say(written)} does not fit`],
      };
  }
  return undefined;
};

const say = (value: Argument): string => clip(isRef(value) ? value.ref : JSON.stringify(value));

/** A value in the forms that a schema's types have. */
function formsOf(value: Argument, schema: JsonSchema): readonly Argument[] {
  const found: Argument[] = [];
  const item = itemOf(schema);
  if (item && !Array.isArray(value)) {
    found.push([value] as unknown as Argument);
    if (!isRef(value)) for (const one of formsOf(value, item)) found.push([one] as unknown as Argument);
  }
  if (item && Array.isArray(value)) {
    const items = value.map((one) =>
      isRef(one) || misfits(item, one).length === 0 ? one : formsOf(one as Argument, item).find((form) => misfits(item, form).length === 0),
    );
    if (items.every((one) => one !== undefined)) found.push(items as unknown as Argument);
  }
  if (!item && Array.isArray(value) && value.length === 1) found.push(value[0] as Argument);
  if (typeof value === "string") found.push(...asType(value, schema));
  // A long number has lost digits that its text would have.
  const isWhole = typeof value === "number" && (Number.isSafeInteger(value) || !Number.isInteger(value));
  if ((isWhole || typeof value === "boolean") && !holdsMedia(schema)) found.push(String(value));
  return found;
}

/** Text as the number, truth value or label it says. */
function asType(text: string, schema: JsonSchema): Argument[] {
  return alternatives(schema, schema).flatMap((one): Argument[] => {
    const labels = one.enum?.filter((value) => typeof value === "string");
    const label = labels && labelIn(text, labels);
    if (label !== undefined) return [label];
    if ((one.type === "number" || one.type === "integer") && text.trim() !== "" && Number.isFinite(Number(text)) && !isRounded(text))
      return [Number(text)];
    if (one.type === "boolean" && /^(?:true|false|yes|no)$/i.test(text)) return [/^(?:true|yes)$/i.test(text)];
    return [];
  });
}

/** The label that a text is a spelling of; marks and numbers tell labels apart, as in `C`, `C#` and `C++`. */
function labelIn(text: string, labels: readonly string[]): string | undefined {
  const word = (label: string) =>
    label
      .trim()
      .toLowerCase()
      .replace(/(?<=\p{L})[\s_-]+(?=\p{L})/gu, "");
  const equal = labels.filter((label) => word(label) === word(text));
  const plain = (label: string) => /^\p{L}+$/u.test(word(label));
  return equal.length === 1 ? equal[0] : plain(text) ? misspelt(text, labels.filter(plain)) : undefined;
}
