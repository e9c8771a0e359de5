import { type Argument, isRef, type Plan, parted } from "../../graph/plan.js";
import type { Brief } from "../brief.js";
import type { Derived } from "../derive/derive.js";
import type { Decide } from "./decide-open.js";
import { stateOf } from "./state.js";

/**
 * Where a written plan and a derived one fill one argument of one member differently, which of the two a decision model takes: sources
 * by place, for both to be settled by. Undefined where they differ otherwise, in their members, values or lists: then the writer is believed.
 */
export async function differencesIn(
  written: Plan,
  derived: Derived,
  brief: Brief,
  decide: Decide,
): Promise<Readonly<Record<string, string>> | undefined> {
  const [theirs, ours] = [placesOf(written), placesOf(derived.plan)];
  if (!theirs || !ours || theirs.size !== ours.size) return undefined;
  const apart: [place: string, their: string, our: string][] = [];
  for (const [place, their] of theirs) {
    const our = ours.get(place);
    if (our === undefined) return undefined;
    if (JSON.stringify(their) === JSON.stringify(our)) continue;
    if (!isRef(their) || !isRef(our) || place.startsWith("output.")) return undefined;
    apart.push([place, their.ref, our.ref]);
  }
  const questions = Object.fromEntries(
    apart.map(([place, ...sources]) => {
      const [member, argument] = parted(place);
      return [place, { instructions: `What is the argument \`${argument}\` of \`${member}\` made from?`, options: sources.map(said) }];
    }),
  );
  const answers = await decide("wiring", stateOf(brief), questions);
  const agreed = [...theirs].flatMap(([place, value]) => (isRef(value) ? [[place, value.ref] as const] : []));
  const taken = apart.map(([place, their, our]) => {
    const [forTheirs = 1, forOurs = 0] = answers[place] ?? [];
    return [place, forOurs > forTheirs ? our : their] as const;
  });
  return Object.fromEntries([...agreed, ...taken]);
}

const said = (source: string): string => {
  const [from, field] = parted(source);
  return from === "input" ? `the given \`${field}\`` : `\`${field}\` from ${from}`;
};

/** Each argument and output by its place, and each member, with members for tasks in all refs; undefined where a member stands twice. */
function placesOf({ tasks, output }: Plan): ReadonlyMap<string, Argument> | undefined {
  const members = new Map(tasks.map(({ id, member }) => [id, member]));
  if (new Set(members.values()).size < tasks.length) return undefined;
  const named = (value: Argument): Argument => {
    if (Array.isArray(value)) return value.map((one) => named(one as Argument)) as Argument;
    if (!isRef(value)) return value;
    const [head = "", ...path] = value.ref.split(".");
    return { ref: [members.get(head) ?? head, ...path].join(".") };
  };
  const owners = [...tasks.map(({ member, args }) => [member, args] as const), ["output", output] as const];
  return new Map(
    owners.flatMap(([owner, values]): [string, Argument][] => [
      [owner, ""],
      ...Object.entries(values).map(([name, value]): [string, Argument] => [`${owner}.${name}`, named(value)]),
    ]),
  );
}
