import { type Argument, isRef, type Plan } from "../../graph/plan.js";
import { compatible } from "../../schema/compatible.js";
import type { Json, JsonSchema } from "../../schema/json.js";
import { holdsMark } from "../../schema/mark.js";
import { valuesOf } from "../../schema/resolve.js";
import type { Brief } from "../brief.js";
import { itemOf, type Slot, slotsOf } from "../slot.js";
import { groundedFor } from "../words/literals/grounded.js";
import type { Span } from "../words/quoted.js";
import { isGathered } from "./is-gathered.js";

/** A plan that takes from inputs of its own what was a literal in it, and these inputs: of the arguments' types, with the literals for defaults. */
export interface Parametrised {
  readonly plan: Plan;
  readonly parameters: Readonly<Record<string, JsonSchema>>;
}

/**
 * Each literal of a plan that a request says, in whatever form (`Danish` for `da`, `forty` for 40), as an input named after the argument
 * that it fills; of an object or a list of which it says some part, the whole is one. One value in two places is one input only where the
 * request says it once, and where both take the same. Names are none of those in `taken`, nor of those that a plan's own fields have.
 *
 * @example
 * withParameters(plan, brief, "translate this into Danish", new Set()).parameters; // { language: { type: "string", default: "Danish" } }
 */
export function withParameters(plan: Plan, brief: Brief, request: string, taken: ReadonlySet<string>): Parametrised {
  const groups = together(placesOf(plan, brief, request));
  const inputs = named(groups, taken);
  const inputOf = new Map(inputs.flatMap(([name, group]) => group.map(({ key }) => [key, name] as const)));
  const tasks = plan.tasks.map((task) => ({
    ...task,
    args: Object.fromEntries(
      Object.entries(task.args).map(([name, value]) => [
        name,
        isGathered(value)
          ? value.map((one, i) => refTo(inputOf.get(`${task.id}.${name}.${i}`)) ?? one)
          : (refTo(inputOf.get(`${task.id}.${name}`)) ?? value),
      ]),
    ),
  }));
  return { plan: { ...plan, tasks }, parameters: Object.fromEntries(inputs.map(([name, group]) => [name, schemaOf(group, request)])) };
}

const refTo = (name: string | undefined) => (name === undefined ? undefined : { ref: `input.${name}` });

/** A literal where it stands, and where the request says it. */
interface Place {
  readonly key: string;
  readonly task: string;
  readonly member: string;
  readonly slot: Slot;
  readonly value: Json;
  readonly said: readonly Span[];
}
type Group = readonly [Place, ...Place[]];

function placesOf({ tasks }: Plan, { members }: Brief, request: string): readonly Place[] {
  return tasks.flatMap(({ id: task, member, args }) => {
    const takes = members.find(({ name }) => name === member)?.takes ?? {};
    return Object.entries(args).flatMap(([name, whole]) => {
      const slot = takes[name];
      if (!slot) return [];
      const place = (key: string, slot: Slot, value: Argument): Place[] => {
        const said = isRef(value) ? [] : saidOf(slot, value as Json, request);
        return said.length ? [{ key, task, member, slot, value: value as Json, said }] : [];
      };
      return isGathered(whole)
        ? whole.flatMap((one, i) => place(`${task}.${name}.${i}`, itemSlot(slot), one as Argument))
        : place(`${task}.${name}`, slot, whole);
    });
  });
}

const itemSlot = (slot: Slot): Slot => ({ ...slot, schema: itemOf(slot.schema) ?? {} });

/** Where a request says a value for a place: as the planner reads it, else word for word, else all of it; of an object or a list what is in it. */
export function saidOf(slot: Slot, value: Json, request: string): readonly Span[] {
  if (valuesOf(slot.schema)?.length === 1) return [];
  const same = (one: Json) => JSON.stringify(one) === JSON.stringify(value);
  const read = groundedFor(slot, request).filter((one) => same(one.value));
  if (read.length) return apart(read);
  if (typeof value === "object" && value !== null) {
    const fields = slotsOf(slot.schema);
    const inside = (name: string): Slot =>
      Array.isArray(value) ? itemSlot(slot) : (fields[name] ?? { name, schema: {}, required: false, description: "" });
    return Object.entries(value).flatMap(([name, one]) => saidOf(inside(name), one as Json, request));
  }
  if (typeof value !== "string" || !/[\p{L}\p{N}]/u.test(value)) return [];
  const words = new RegExp(`(?<![\\p{L}\\p{N}])${value.trim().replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}(?![\\p{L}\\p{N}])`, "giu");
  const stands = [...request.matchAll(words)].map(({ 0: text, index }) => ({ start: index, end: index + text.length }));
  if (stands.length) return stands;
  return request.trim() && value.includes(request) ? [{ start: 0, end: request.length }] : [];
}

/** Spans that overlap are one. */
function apart(spans: readonly Span[]): readonly Span[] {
  const found: Span[] = [];
  for (const one of spans) if (!found.some(({ start, end }) => one.start < end && one.end > start)) found.push(one);
  return found;
}

/** The places that one input fills: those of one value that the request says once, as far as one of their types fits all. */
function together(places: readonly Place[]): readonly Group[] {
  const marks = ({ slot }: Place) => (["private", "public", "trusted"] as const).map((mark) => holdsMark(slot.schema, mark));
  const groups = new Map<string, Place[]>();
  for (const place of places) {
    const [first, ...more] = place.said;
    const once = more.length === 0 && first && first.end > first.start;
    const key = once ? JSON.stringify([place.value, first.start, marks(place)]) : place.key;
    groups.set(key, [...(groups.get(key) ?? []), place]);
  }
  const takes = ({ slot: { schema } }: Place, all: readonly Place[]) =>
    all.every(({ slot }) => compatible(schema, slot.schema, { bounds: true }) === undefined);
  return [...groups.values()].flatMap((all): readonly Group[] => {
    const lead = all.find((one) => takes(one, all));
    return lead ? [[lead, ...all.filter((one) => one !== lead)]] : all.map((one): Group => [one]);
  });
}

/** Each with the argument's name; where another has it too, with the member's, else with the task's. */
function named(groups: readonly Group[], taken: ReadonlySet<string>): readonly (readonly [name: string, group: Group])[] {
  const all = groups.map((group) => {
    const [{ task, member, slot }] = group;
    return { group, wish: [slot.name, `${member}_${slot.name}`, `${task}_${slot.name}`] };
  });
  const found = new Set(taken);
  return all.map(({ group, wish }) => {
    const free = (name: string) => !found.has(name) && !all.some((other) => other.group !== group && other.wish.includes(name));
    let name = wish.find(free);
    for (let n = 2; name === undefined; n++) name = [`${wish.at(-1)}_${n}`].find(free);
    found.add(name);
    return [name, group];
  });
}

function schemaOf(group: Group, request: string): JsonSchema {
  const [{ slot, value, said }] = group;
  const words = new Set(said.filter(({ start, end }) => end > start).map(({ start, end }) => `"${request.slice(start, end)}"`));
  const quoted = words.size > 0 ? `: ${[...words].join(", ")}` : "";
  const places = [...new Set(group.map((one) => `${one.slot.name} of ${one.member}`))].join(", ");
  const { default: _, ...schema } = slot.schema;
  const description = [slot.description.replace(/\.$/, ""), `For ${places}, as the request said${quoted}`].filter(Boolean).join(". ");
  // Who starts the graph vouches for a whole object with a recipient in it.
  return { ...schema, ...(holdsMark(schema, "trusted") ? { "x-trusted": true } : {}), description, default: value };
}
