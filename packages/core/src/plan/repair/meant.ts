import { isRef, type Plan } from "../../graph/plan.js";
import { compatible } from "../../schema/compatible.js";
import type { Brief } from "../brief.js";
import { addressesIn, stepsOf } from "../read/address.js";
import { between } from "../read/spellings.js";
import type { SettledBy } from "../settled.js";
import { type Slot, slotsOf, tells } from "../slot.js";
import { isTelling, likeness, nameLikeness } from "./likeness.js";
import { misspelt } from "./misspelt.js";
import { type Source, sourcesOf, unusedTasks, usesOf } from "./sources.js";
import { type Place, same, taskAt } from "./step.js";

/** What a place may have been meant to take, and what says so. */
export interface Meant {
  readonly sources: readonly Source[];
  readonly by: SettledBy;
}

const nothing: Meant = { sources: [], by: "type" };

/**
 * The sources that a place may mean, narrowed down by what was written there, then by names, then by what has no use yet. One is an
 * answer; several are a question.
 */
export function meantBy(place: Place, plan: Plan, brief: Brief, item = false): Meant {
  const all = sourcesOf(plan, brief, place, item);
  const said = isRef(place.written) ? (addressesIn(place.written.ref)[0]?.steps ?? stepsOf(place.written.ref)) : [];
  const found = said.length > 0 ? byRef(said, all, place, plan, brief) : byName(all, place, plan, brief);
  return found.sources.length > 1 ? byUse(found, plan) : found;
}

/** A ref that points at nothing, or at what does not fit: its task and its field, as far as there are such. */
function byRef([head = "", ...path]: readonly string[], all: readonly Source[], place: Place, plan: Plan, brief: Brief): Meant {
  const own = taskAt(plan, place)?.id;
  if (brief.given[head] && !plan.tasks.some(({ id }) => id === head)) return byRef(["input", head, ...path], all, place, plan, brief);
  const heads = headsOf(head, plan, brief).filter((id) => id !== own);
  const [step = "", next] = path;
  const field = next !== undefined && between.has(step) ? next : path[0];
  if (heads.length > 0) {
    const within = all.filter((source) => heads.includes(source.head));
    if (path.length > 1) return byPath(heads, path, place, plan, brief);
    const named = field === undefined ? [] : fieldsNear(field, within);
    if (named.length > 0) return { sources: named, by: "spelling" };
    // Another field than was said is a guess that only an argument can bear.
    if (field !== undefined && place.task === undefined && !between.has(field)) return nothing;
    if (within.length > 0) {
      const best = nameBest(within, place, plan);
      return best.sources.length > 0 ? best : { sources: within, by: "type" };
    }
    if (heads.some((id) => id !== "input" && !fieldMissing(id, field, plan, brief))) return nothing;
  }
  if (field === undefined) return nothing;
  return { sources: all.filter((source) => same(source.field.name, field)), by: "name" };
}

/** Whether a task's member gives no field of this name. */
function fieldMissing(id: string, field: string | undefined, plan: Plan, brief: Brief): boolean {
  const task = plan.tasks.find((one) => one.id === id);
  const gives = brief.members.find(({ name }) => name === task?.member)?.gives ?? {};
  return field !== undefined && !Object.hasOwn(gives, field);
}

/** The tasks that a head may name: its id, its member, or an id that differs in letters but in no number. */
function headsOf(head: string, plan: Plan, brief: Brief): string[] {
  const ids = plan.tasks.map(({ id }) => id);
  if (ids.includes(head) || head === "input") return [head];
  const done = plan.tasks.filter(({ member }) => same(member, head)).map(({ id }) => id);
  if (done.length > 0) return done;
  const near = misspelt(head, ids);
  if (near !== undefined) return [near];
  const card = misspelt(
    head,
    brief.members.map(({ name }) => name),
  );
  return plan.tasks.filter(({ member }) => member === card).map(({ id }) => id);
}

function fieldsNear(field: string, sources: readonly Source[]): readonly Source[] {
  const exact = sources.filter((source) => same(source.field.name, field));
  if (exact.length > 0) return exact;
  const near = misspelt(
    field,
    sources.map((source) => source.field.name),
  );
  return near === undefined ? [] : sources.filter((source) => source.field.name === near);
}

/** A path into objects, each step by the nearest name. */
function byPath(heads: readonly string[], path: readonly string[], { slot }: Place, plan: Plan, brief: Brief): Meant {
  const found = heads.flatMap((head): Source[] => {
    const member = plan.tasks.find(({ id }) => id === head)?.member;
    let slots: Readonly<Record<string, Slot>> =
      head === "input" ? brief.given : (brief.members.find(({ name }) => name === member)?.gives ?? {});
    const steps: string[] = [];
    let field: Slot | undefined;
    for (const step of path) {
      const name = misspelt(step, Object.keys(slots));
      field = name === undefined ? undefined : slots[name];
      if (!field?.required) return [];
      steps.push(field.name);
      slots = slotsOf(field.schema);
    }
    return field && compatible(field.schema, slot.schema) === undefined ? [{ ref: [head, ...steps].join("."), head, field }] : [];
  });
  return { sources: found, by: "spelling" };
}

/** Of sources, those whose name is nearest to the place's, where any is near at all. */
function nameBest(sources: readonly Source[], { slot }: Place, plan: Plan): Meant {
  const memberOf = (head: string) => plan.tasks.find(({ id }) => id === head)?.member;
  const rated = sources.map((source) => [nameLikeness(slot, source, memberOf(source.head)), source] as const);
  const most = Math.max(likeness.none, ...rated.map(([much]) => much));
  return most < likeness.part ? nothing : { sources: rated.filter(([much]) => much === most).map(([, source]) => source), by: "name" };
}

/** Nothing was written, or nothing that helps: what has the place's name, or alone is of a type that tells. */
function byName(all: readonly Source[], place: Place, plan: Plan, brief: Brief): Meant {
  const { slot, task } = place;
  // What is given is an answer only where it is asked for by name.
  const open = all.filter(({ head, field }) => task !== undefined || head !== "input" || same(field.name, slot.name));
  const named = isTelling(slot.name) || tells(slot.schema) || task === undefined ? nameBest(open, place, plan) : nothing;
  if (named.sources.length > 0) return named;
  if (tells(slot.schema)) return { sources: open, by: "type" };
  const unused = unusedTasks(plan);
  const lone = open.filter(({ head, field }) => (head === "input" ? isIdle(field.name, plan, brief) : unused.has(head)));
  const plain = task !== undefined || Object.keys(brief.wanted).length === 1;
  return plain && lone.length === 1 && (open.length === 1 || task === undefined) ? { sources: lone, by: "use" } : nothing;
}

/** Whether an input that is there to be used is not. */
const isIdle = (name: string, plan: Plan, brief: Brief): boolean => !brief.spare.includes(name) && !usesOf(plan).has(`input.${name}`);

/** Of several, the one that nothing takes yet; or the only one of a task that nothing takes from. */
function byUse({ sources, by }: Meant, plan: Plan): Meant {
  const uses = usesOf(plan);
  const free = sources.filter(({ ref }) => !uses.has(ref));
  if (free.length === 1) return { sources: free, by: "use" };
  const unused = unusedTasks(plan);
  const idle = sources.filter(({ head }) => unused.has(head));
  return idle.length === 1 ? { sources: idle, by: "use" } : { sources, by };
}
