import { Path } from "@troupe/core/engine";
import type { Row, View } from "./view.js";

/** The items of an each, as far as they have begun. */
export interface Items {
  /** The node's path, without an item's number. */
  readonly of: string;
  readonly rows: readonly Row[];
  /** How many there are. */
  readonly total: number;
  readonly done: number;
  readonly failed: number;
}

/** The path of the node that an occurrence is an item of; undefined where it is none. */
export const eachOf = (at: string): string | undefined => (Path.item(at) === undefined ? undefined : Path.withoutItem(at));

/** Whether an occurrence runs inside an item. */
export const inItem = (at: string): boolean => Path.around(at).some((outer) => Path.item(outer) !== undefined);

/** The items of one node, counted. */
export function itemsOf(view: View, of: string): Items {
  const rows = [...view.rows.values()].filter(({ at }) => eachOf(at) === of);
  const count = (status: Row["status"]) => rows.filter((row) => row.status === status).length;
  return { of, rows, total: Math.max(rows.length, view.counts.get(of) ?? 0), done: count("completed"), failed: count("failed") };
}

/** `64 of 200, 1 failed` */
export const itemsText = ({ done, failed, total }: Items): string => `${done} of ${total}${failed ? `, ${failed} failed` : ""}`;
