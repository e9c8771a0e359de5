import type { Json } from "../../schema/json.js";
import { misfits } from "../../schema/misfits.js";
import { valuesOf } from "../../schema/resolve.js";
import type { Brief } from "../brief.js";
import { holdsMedia, type Slot } from "../slot.js";
import { labelsFor } from "../words/literals/labels-in.js";
import { quotedIn } from "../words/quoted.js";

/** Arguments that say in words what to do: the request itself can stand there. */
const orders = /^(?:instructions?|prompt|request|task|question|query|goal)$/i;

/** Whether an argument says in words what to do. */
export const isOrder = ({ name }: Slot): boolean => orders.test(name);

/** A literal for an argument where one is known without a model: the only value, the label that is asked for, the request itself or what it quotes. */
export function literalFor(slot: Slot, brief: Brief, focus: string): Json | undefined {
  if (holdsMedia(slot.schema)) return undefined;
  const values = valuesOf(slot.schema);
  if (values?.length === 1) return values[0] as Json;
  if (values) {
    const named = labelsFor(slot, `${brief.request} ${focus}`, values);
    return named.length === 1 ? named[0] : undefined;
  }
  const [quoted, ...others] = quotedIn(brief.request).filter(({ bracket }) => !bracket);
  const text =
    quoted && others.length === 0 ? brief.request.slice(quoted.start, quoted.end) : [brief.request, focus].filter(Boolean).join(": ");
  return orders.test(slot.name) && text !== "" && misfits(slot.schema, text).length === 0 ? text : undefined;
}
