import { frozen } from "../schema/frozen.js";
import type { Json } from "../schema/json.js";
import type { Schema } from "../schema/schema.js";

/** What an `append` field took so far: its items are frozen, and shared by all lists that are cut from it. */
export interface Growing {
  readonly items: Json[];
  /** How long the longest list was that was cut from it. */
  cut: number;
  /** What schemas made of the items, from the first one on, so that none is looked at twice. */
  readonly made: Map<Schema, Made>;
}

export interface Made {
  readonly values: unknown[];
  /** Whether they are the items themselves, so far. */
  same: boolean;
}

const cutFrom = new WeakMap<readonly unknown[], Growing>();

export const growing = (items: readonly Json[]): Growing => ({ items: items.map(frozen), cut: 0, made: new Map() });

export function grow({ items }: Growing, item: Json): void {
  items.push(frozen(item));
}

/** With an item amid the others. Lists that were cut from it before go on as what they were. */
export function grownAmid(list: Growing, place: number, item: Json): Growing {
  frozen(item);
  if (place >= list.cut) {
    list.items.splice(place, 0, item);
    return list;
  }
  const made = [...list.made].map(([schema, { values, same }]) => [schema, { values: values.slice(0, place), same }] as const);
  const items = list.items.slice();
  items.splice(place, 0, item);
  return { items, cut: place, made: new Map(made) };
}

/** All items so far, as a list of its own. */
export function cut(list: Growing): Json[] {
  const items = list.items.slice();
  list.cut = Math.max(list.cut, items.length);
  cutFrom.set(items, list);
  return items;
}

/** All items so far and one more, as a list of its own. */
export function cutWith({ items }: Growing, item: Json): Json[] {
  // A copy of a list that has room for one is made twice as fast as one that has to grow.
  items.push(frozen(item));
  const all = items.slice();
  items.pop();
  return all;
}

/** What a list was cut from; said once, to whoever takes it before anybody else may change it. */
export function takeGrowing(items: unknown): Growing | undefined {
  if (!Array.isArray(items)) return undefined;
  const list = cutFrom.get(items);
  if (list) cutFrom.delete(items);
  return list;
}
