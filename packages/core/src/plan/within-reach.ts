import { compatible } from "../schema/compatible.js";
import type { JsonSchema } from "../schema/json.js";
import type { Brief, Card } from "./brief.js";
import { memo } from "./derive/memo.js";
import { memoOfTwo } from "./derive/memo-of-two.js";
import { holdsMedia, itemOf, type Slot, slotsOf } from "./slot.js";

/** What any plan of a team can have at all, as far as types go: no plan that passes its check goes beyond it. */
export interface Reach {
  /** Wanted outputs that nothing gives. */
  readonly lost: readonly Slot[];
  /** Members that can't be asked, each with the arguments that nothing gives. */
  readonly stuck: ReadonlyMap<Card, readonly Slot[]>;
  /** Inputs that no task of any use can take, and no output. */
  readonly idle: readonly Slot[];
  /** Whether a member gives what fits a place, were it asked. */
  gives(card: Card, place: Slot): boolean;
}

/** Fields inside fields are looked at as deep as this; what lies deeper fits anywhere. */
const deepest = 4;
/** Lists of lists are looked into as deep as this. */
const nested = 4;

/**
 * Forward from the inputs: who can be asked, and what they give; then back from what is wanted: who is of use. An argument that holds no
 * media counts as given, since a plan may write it out.
 */
export function withinReach(brief: Brief): Reach {
  const fits = memoOfTwo((from: JsonSchema, to: JsonSchema) => compatible(from, to) === undefined);
  const canStand = (from: readonly JsonSchema[], to: JsonSchema, depth = 0): boolean => {
    if (from.some((one) => fits(one, to))) return true;
    const item = depth < nested ? itemOf(to) : undefined;
    return item !== undefined && canStand(from, item, depth + 1);
  };
  const given = Object.values(brief.given).map((slot) => ({ slot, schemas: within(slot) }));
  const schemasOf = memo((card: Card) => distinct(Object.values(card.gives).flatMap((slot) => within(slot))));
  const lacks = (card: Card, from: readonly JsonSchema[]) =>
    Object.values(card.takes).filter(({ required, schema }) => required && holdsMedia(schema) && !canStand(from, schema));

  let had = distinct(given.flatMap(({ schemas }) => schemas));
  const asked = new Set<Card>();
  for (let more = true; more; ) {
    more = false;
    for (const card of brief.members) {
      if (asked.has(card) || lacks(card, had).length > 0) continue;
      asked.add(card);
      had = distinct([...had, ...schemasOf(card)]);
      more = true;
    }
  }

  const wanted = Object.values(brief.wanted);
  const places = wanted.map(({ schema }) => schema);
  const useful = new Set<Card>();
  const use = (card: Card) => {
    useful.add(card);
    places.push(...Object.values(card.takes).map(({ schema }) => schema));
  };
  for (const card of asked) if (card.effects || wanted.length === 0 || brief.composed) use(card);
  // An array gives also what is added while it is gone through.
  for (const place of places) for (const card of asked) if (!useful.has(card) && canStand(schemasOf(card), place)) use(card);

  return {
    lost: wanted.filter(({ required, schema }) => required && !canStand(had, schema)),
    stuck: new Map(brief.members.filter((card) => !asked.has(card)).map((card) => [card, lacks(card, had)])),
    idle: given.flatMap(({ slot, schemas }) => (places.some((place) => canStand(schemas, place)) ? [] : [slot])),
    gives: (card, { schema }) => canStand(schemasOf(card), schema),
  };
}

/** The schemas that refs into a slot lead to. */
function within(slot: Slot, depth = 0): JsonSchema[] {
  if (depth > deepest) return [{}];
  const own = slot.required
    ? slot.schema
    : { anyOf: [slot.schema, { type: "null" as const }], ...(slot.schema.$defs ? { $defs: slot.schema.$defs } : {}) };
  return [own, ...Object.values(slotsOf(slot.schema)).flatMap((inner) => within(inner, depth + 1))];
}

const distinct = (schemas: readonly JsonSchema[]): JsonSchema[] => [
  ...new Map(schemas.map((one) => [JSON.stringify(one, same), one])).values(),
];
/** Titles and descriptions tell no types apart. */
const same = (key: string, value: unknown) => (key === "description" && typeof value === "string" ? undefined : value);
