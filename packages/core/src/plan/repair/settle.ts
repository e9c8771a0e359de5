import { type Argument, headOf, isRef, type Plan, type Task } from "../../graph/plan.js";
import type { Json } from "../../schema/json.js";
import { misfits } from "../../schema/misfits.js";
import { valuesOf } from "../../schema/resolve.js";
import type { Brief } from "../brief.js";
import { checkValue } from "../check-plan.js";
import { stem, wordsOf } from "../derive/words.js";
import { orderOf } from "../order.js";
import { isSaid } from "../placeholder-in.js";
import { type SettledBy, sourceSaid } from "../settled.js";
import { holdsMedia, itemOf, tells } from "../slot.js";
import { assign } from "./assign.js";
import { likeness, nameLikeness } from "./likeness.js";
import { type Meant, meantBy } from "./meant.js";
import { type Source, sourcesOf, surest, unusedTasks, usesOf } from "./sources.js";
import { stated } from "./stated.js";
import { bare, cardOf, type Done, filled, type Place, placeName, placesOf, type Step, same, taskAt, withValue } from "./step.js";

/** Places that are empty though they must not be, or hold what does not fit. */
function openPlaces(plan: Plan, brief: Brief): readonly Place[] {
  const circle = circular(plan);
  return placesOf(plan, brief).filter(({ slot, written, task }) =>
    written === undefined
      ? slot.required
      : circle.has(`${task} ${slot.name}`) ||
        checkValue(written, slot.schema, [], task === undefined ? "output" : "argument", plan, brief).length > 0,
  );
}

/** Refs in a circle that point at the task itself or at a later one; none where the tasks are not in order. */
function circular(plan: Plan): ReadonlySet<string> {
  const cyclic = new Set(orderOf(plan.tasks).cyclic);
  const entries = [...plan.tasks.entries()].filter(([, task]) => cyclic.has(task));
  const at = new Map(entries.map(([i, { id }]) => [id, i]));
  return new Set(
    entries.flatMap(([i, { args }]) =>
      Object.entries(args).flatMap(([name, value]) => (isRef(value) && (at.get(headOf(value.ref)) ?? -1) >= i ? [`${i} ${name}`] : [])),
    ),
  );
}

/** Fills each open place that means one thing. */
export const settlePlaces: Step = (plan, brief) => {
  const circle = circular(plan);
  for (const place of openPlaces(plan, brief)) {
    const done = settlePlace(place, circle, plan, brief);
    if (done) return done;
  }
  return undefined;
};

function settlePlace(place: Place, circle: ReadonlySet<string>, plan: Plan, brief: Brief): Done | undefined {
  const { written, slot, task } = place;
  // Outputs that are missing are settled together.
  const own = taskAt(plan, place);
  if (!own && written === undefined) return undefined;
  // Where an argument has a name that is none, what is missing may be that.
  if (own && written === undefined && hasStranger(own, brief)) return undefined;
  if (task !== undefined && circle.has(`${task} ${slot.name}`)) {
    const without = withValue(plan, place, undefined);
    const { sources } = meantBy(place, without, brief);
    const earlier = sources.filter(({ head }) => head === "input" || plan.tasks.findIndex(({ id }) => id === head) < task);
    // A planner that wrote a ref meant no value of the request.
    return fillByOnly(earlier, plan, place, "name");
  }
  if (Array.isArray(written)) return mendItems(place, written as readonly Argument[], plan, brief);
  if (written !== undefined && !isRef(written) && !tells(slot.schema) && !itemOf(slot.schema)) return undefined;
  const { sources, by } =
    written === undefined || isRef(written) ? meantBy(place, plan, brief) : namedIn(written as Json, place, plan, brief);
  if (sources.length > 0) return fillByOnly(sources, plan, place, by);
  const list = itemOf(slot.schema) ? gathered(place, plan, brief) : undefined;
  if (list) return fill(plan, place, list.value, list.by);
  if (written !== undefined || task === undefined) return undefined;
  const fixed = slot.schema.const ?? slot.schema.default;
  if (fixed !== undefined && misfits(slot.schema, fixed).length === 0) return fill(plan, place, fixed, "default");
  const value = onlyOpen(plan, brief) ? stated(brief, plan, slot) : undefined;
  return value === undefined ? undefined : fill(plan, place, value, "words");
}

export const hasStranger = (task: Task, brief: Brief): boolean =>
  Object.keys(task.args).some((name) => !Object.hasOwn(cardOf(brief, task)?.takes ?? {}, name));

/** Whether one argument alone is missing: of several, a value of the request may be any. */
const onlyOpen = (plan: Plan, brief: Brief): boolean =>
  placesOf(plan, brief).filter(({ task, slot, written }) => task !== undefined && slot.required && written === undefined).length === 1;

/** A place filled; undefined where it says the same already, so that nothing is mended over and over. */
function fill(plan: Plan, place: Place, value: Argument, by: SettledBy): Done | undefined {
  if (JSON.stringify(place.written) === JSON.stringify(value)) return undefined;
  const name = placeName(plan, place);
  const why = place.written === undefined ? "was missing" : "did not fit";
  return {
    plan: withValue(plan, place, value),
    notes: [`${name}: took ${sourceSaid(value)}, by ${by}, for what ${why}`],
    settled: [filled(name, value, by)],
  };
}

/** A place filled by the one source that it may take; undefined where there are none or several. */
function fillByOnly([source, ...more]: readonly Source[], plan: Plan, place: Place, by: SettledBy): Done | undefined {
  return source && more.length === 0 ? fill(plan, place, { ref: source.ref }, by) : undefined;
}

/** A list in which items do not fit, where each means one thing. */
function mendItems(place: Place, items: readonly Argument[], plan: Plan, brief: Brief): Done | undefined {
  const item = itemOf(place.slot.schema);
  if (!item) return undefined;
  let by: SettledBy = "type";
  const slot = { ...place.slot, schema: item };
  const mended = items.map((written): Argument | undefined => {
    if (checkValue(written, item, [], place.task === undefined ? "output" : "argument", plan, brief).length === 0) return written;
    const one: Place = { ...place, slot, written };
    const own = isRef(written) && headOf(written.ref) === taskAt(plan, place)?.id;
    const meant = !isRef(written) ? namedIn(written as Json, one, plan, brief) : own ? undefined : meantBy(one, plan, brief);
    const [source, ...more] = meant?.sources ?? [];
    if (!meant || !source || more.length > 0) return undefined;
    by = meant.by;
    return { ref: source.ref };
  });
  return mended.every((one) => one !== undefined) ? fill(plan, place, mended as unknown as Argument, by) : undefined;
}

/** A list from all that nothing uses yet and that fits into it; one that was to hold a ref, from what that means. */
function gathered(place: Place, plan: Plan, brief: Brief): { readonly value: Argument; readonly by: SettledBy } | undefined {
  if (isRef(place.written)) {
    const { sources, by } = meantBy(place, plan, brief, true);
    return sources.length === 1 ? { value: sources.map(({ ref }) => ({ ref })), by } : undefined;
  }
  if (place.written !== undefined) return undefined;
  const uses = usesOf(plan);
  const unused = unusedTasks(plan);
  const free = sourcesOf(plan, brief, place, true).filter(({ head, ref }) => (head === "input" ? !uses.has(ref) : unused.has(head)));
  return free.length > 0 ? { value: free.map(({ ref }) => ({ ref })), by: "use" } : undefined;
}

/**
 * What a text such as "the output of readPage" tells of: the one task, or input, that it names; else what the place takes. Where the request
 * says it, or other labels were to be chosen, it is a value itself, though none that fits.
 */
function namedIn(value: Json, place: Place, plan: Plan, brief: Brief): Meant {
  const { schema } = place.slot;
  const isOwn = !holdsMedia(schema) && (valuesOf(schema) !== undefined || isSaid(String(value), brief));
  const open = isOwn ? { sources: [], by: "name" as const } : meantBy({ ...place, written: undefined }, plan, brief);
  if (typeof value !== "string") return open;
  const said = bare(value);
  const members = new Map(plan.tasks.map(({ id, member }) => [id, member] as const));
  const all = sourcesOf(plan, brief, place);
  const exact = all.filter(({ head, field }) => head === "input" && bare(field.name) === said);
  if (exact.length === 1) return { sources: exact, by: "spelling" };
  const sources = all.filter(({ head, field }) => {
    const member = members.get(head);
    const name = bare(member ?? field.name);
    return (name.length > 2 && said.includes(name)) || standsFor(value, `${member ?? ""} ${field.name}`);
  });
  return sources.length > 0 ? { sources, by: "name" } : open;
}

/** Words that say that something is taken from elsewhere, and not from where. */
const pointing = new Set("output result previous task step input file given answer".split(" ").map(stem));

/** Whether a text is but a name for something: "the transcribed text", "answer". */
export function standsFor(text: string, name: string): boolean {
  const names = wordsOf(name);
  const said = wordsOf(text).filter((word) => !pointing.has(word));
  return (
    said.length > 0 &&
    said.length <= 4 &&
    said.every((word) => names.some((one) => one.startsWith(word.slice(0, 6)) || word.startsWith(one)))
  );
}

/** Outputs that may mean several things, settled together. */
export const settleOutputs: Step = (plan, brief) => {
  const open = openPlaces(plan, brief).filter(({ task, written }) => task === undefined && (written === undefined || isRef(written)));
  const choices = open.map((place) => ({ place, sources: answersFor(place, plan, brief) })).filter(({ sources }) => sources.length > 0);
  if (choices.length === 0) return undefined;
  const without = choices.reduce((now, { place }) => withValue(now, place, undefined), plan);
  const given = assign(choices, without, brief).filter(({ place, value }) => JSON.stringify(value) !== JSON.stringify(place.written));
  if (given.length === 0) return undefined;
  const settled = given.map(({ place, value, by }) => filled(placeName(plan, place), value, by));
  return {
    plan: given.reduce((now, { place, value }) => withValue(now, place, value), plan),
    notes: settled.map(({ place, source, by }) => `${place}: took ${source}, by ${by}`),
    settled,
  };
};

/** What may answer a wanted output: of each task the field of that name, or the only one that fits. */
function answersFor(place: Place, plan: Plan, brief: Brief) {
  if (isRef(place.written)) return meantBy(place, plan, brief).sources;
  const open = sourcesOf(plan, brief, place).filter(({ head, field }) => head !== "input" || same(field.name, place.slot.name));
  const all = surest(open, place.slot);
  const heads = new Set(all.map(({ head }) => head));
  return [...heads].flatMap((head) => {
    const own = all.filter((source) => source.head === head);
    const rated = own.map((source) => nameLikeness(place.slot, source, undefined));
    const most = Math.max(...rated);
    const best = own.filter((_, i) => rated[i] === most);
    return most > likeness.none || best.length === 1 ? best : [];
  });
}
