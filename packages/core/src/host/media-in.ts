import type { Media } from "../media/media.js";
import { mediaSchemaOf, type Open, openAll } from "../media/open-all.js";
import { after, type Soon } from "../schema/after.js";
import { ownMedia } from "../schema/own-media.js";
import type { Schema } from "../schema/schema.js";

/** A copy of a value with each of its media opened; the value itself where its schema has none. */
export function mediaIn(schema: Schema, value: unknown, openOne: Open): Soon<unknown> {
  const json = mediaSchemaOf(schema);
  return json ? openAll(json, value, openOne) : value;
}

/** Marks the media of a value that a run hands out as the program's own; gives their number. */
export function ownMediaIn(schema: Schema, value: unknown): Soon<number> {
  let count = 0;
  const own: Open = async (_, source) => {
    count++;
    return ownMedia(source as Media);
  };
  return after(mediaIn(schema, value, own), () => count);
}
