import { isRef, type Plan, parted } from "../../graph/plan.js";
import type { Brief } from "../brief.js";
import type { Derived } from "../derive/derive.js";
import type { Decide } from "./decide-open.js";
import { stateOf } from "./state.js";

/**
 * Where a written plan and a derived one fill one argument of one member differently, which of the two a decision model takes: sources
 * by place, for both to be settled by. Undefined where they differ otherwise, in their members or their lists: then the writer is believed.
 */
export async function differencesIn(
  written: Plan,
  derived: Derived,
  brief: Brief,
  decide: Decide,
): Promise<Readonly<Record<string, string>> | undefined> {
  const [theirs, ours] = [placesOf(written), placesOf(derived.plan)];
  if (!theirs || !ours || theirs.size !== ours.size || [...theirs.keys()].some((place) => !ours.has(place))) return undefined;
  const apart = [...theirs].filter(([place, source]) => ours.get(place) !== source);
  const questions = Object.fromEntries(
    apart.map(([place, source]) => {
      const [member, argument] = parted(place);
      return [
        place,
        { instructions: `What is the argument \`${argument}\` of \`${member}\` made from?`, options: [source, ours.get(place)!].map(said) },
      ];
    }),
  );
  if (apart.some(([place]) => place.startsWith("output."))) return undefined;
  const answers = await decide("wiring", stateOf(brief), questions);
  return Object.fromEntries(
    [...theirs].map(([place, source]) => {
      const [their = 1, our = 0] = answers[place] ?? [];
      return [place, our > their ? ours.get(place)! : source];
    }),
  );
}

const said = (source: string): string => {
  const [from, field] = parted(source);
  return from === "input" ? `the given \`${field}\`` : `\`${field}\` from ${from}`;
};

/** Each argument's and output's source by its place; undefined where a member stands twice, or a place holds no plain ref. */
function placesOf({ tasks, output }: Plan): ReadonlyMap<string, string> | undefined {
  const members = new Map(tasks.map(({ id, member }) => [id, member]));
  if (new Set(members.values()).size < tasks.length) return undefined;
  const found = new Map<string, string>();
  const values = [...tasks.map(({ member, args }) => [member, args] as const), ["output", output] as const];
  for (const [owner, args] of values)
    for (const [name, value] of Object.entries(args)) {
      if (!isRef(value)) continue;
      const [head = "", ...path] = value.ref.split(".");
      found.set(`${owner}.${name}`, [members.get(head) ?? head, ...path].join("."));
    }
  return found;
}
