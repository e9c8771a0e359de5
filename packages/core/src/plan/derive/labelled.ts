import { valuesOf } from "../../schema/resolve.js";
import type { Brief } from "../brief.js";
import type { Slot } from "../slot.js";
import { labelsIn } from "../words/literals/labels-in.js";
import type { Work } from "./made.js";
import { memo } from "./memo.js";
import { spoken } from "./words.js";

/** Whether the words of an output name the label that a task takes, 1, or another, -1. */
export function labelledOf({ members }: Brief): (output: Slot, work: Work) => number {
  /** Whether a text says a label that some member takes. */
  const saysLabel = memo((text: string): boolean =>
    members.some((one) => Object.values(one.takes).some(({ schema }) => labelsIn(text, valuesOf(schema) ?? []).length > 0)),
  );
  return (output, { card, args }) => {
    const text = `${spoken(output.name)} ${output.description}`;
    const found = Object.values(card.takes).map((slot): number => {
      const values = valuesOf(slot.schema) ?? [];
      const said = labelsIn(text, values).concat(values.includes(output.name) ? [output.name] : []);
      const from = args[slot.name]?.from;
      return said.length === 0 || !from || !("literal" in from) ? 0 : said.includes(String(from.literal)) ? 1 : -1;
    });
    if (found.every((one) => one === 0) && saysLabel(text)) return -1;
    return found.includes(-1) ? -1 : Math.max(0, ...found);
  };
}
