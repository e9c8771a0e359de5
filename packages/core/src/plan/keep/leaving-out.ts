import type { JsonSchema } from "../../schema/json.js";
import type { Slot } from "../slot.js";
import type { Step } from "./save-plan.js";

/**
 * Steps that leave out what the plan leaves out: a node takes an argument that it does not name from the field of that name, where there
 * is one, so that such an argument reads a field that nobody writes. These fields are put into the state.
 */
export function leavingOut(
  steps: readonly Step[],
  takes: (step: Step) => Readonly<Record<string, Pick<Slot, "schema">>>,
  state: Record<string, JsonSchema>,
): readonly Step[] {
  return steps.map((step) => {
    const { read, set = {} } = step.maps;
    const left = Object.entries(takes(step)).flatMap(([name, { schema }]) => {
      if (Object.hasOwn(read, name) || Object.hasOwn(set, name) || !Object.hasOwn(state, name)) return [];
      let field = `${step.id}_${name}`;
      for (let n = 2; Object.hasOwn(state, field); n++) field = `${step.id}_${name}_${n}`;
      const { default: _, ...bare } = schema;
      state[field] = { optional: bare };
      return [[name, field] as const];
    });
    return { ...step, maps: { ...step.maps, read: { ...read, ...Object.fromEntries(left) } } };
  });
}
