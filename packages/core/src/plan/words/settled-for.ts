import { type Argument, parted } from "../../graph/plan.js";
import { compatible } from "../../schema/compatible.js";
import type { Brief, Card } from "../brief.js";
import type { Doing, Making } from "./making.js";

/** Where a team settles for good what an argument of a member is. */
export const settledAt = ({ settle }: Brief, card: Card, argument: string): string | undefined => settle?.[`${card.name}.${argument}`];

/** Arguments of a member that the team settles, as far as they are to be had; who gives one is asked for it by `add`, unless it is at work. */
export function settledFor(
  { card }: Doing,
  brief: Brief,
  tasks: readonly Making[],
  add: (giver: Card) => Making | undefined,
): Record<string, Argument> {
  return Object.fromEntries(
    Object.values(card.takes).flatMap(({ name, schema }): [string, Argument][] => {
      const from = settledAt(brief, card, name);
      if (from === undefined) return [];
      const [owner, field] = parted(from);
      const giver = brief.members.find((one) => one.name === owner);
      const made = giver && (tasks.findLast((one) => one.card === giver) ?? add(giver));
      const [ref, slot] = giver ? [`${made?.id}.${field}`, giver.gives[field]] : [from, brief.given[field]];
      if (!slot || (giver && !made)) return [];
      return [[name, compatible(slot.schema, schema) === undefined ? { ref } : [{ ref }]]];
    }),
  );
}
