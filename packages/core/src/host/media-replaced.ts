import { isMedia, isPlain, type Media } from "../media/media.js";
import { setKey } from "../schema/set-key.js";

/** A copy of a value with another in the place of each handle for which `other` gives one, whatever any schema says of its place. */
export function mediaReplaced(value: unknown, other: (medium: Media) => Media | undefined): unknown {
  if (Array.isArray(value)) return value.map((one) => mediaReplaced(one, other));
  if (!isPlain(value)) return value;
  // What has more in it is no handle of openMedia's.
  if (isMedia(value) && Object.keys(value).length === 3) return other(value) ?? value;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) setKey(copy, key, mediaReplaced(value[key], other));
  return copy;
}
