import { isOwnMedia } from "./own-media.js";
import { setKey } from "./set-key.js";

/**
 * A copy of a JSON value: who is handed it may change it, and nobody else sees that. What is neither a list nor a plain object is handed
 * on as it is, and so are media that are the program's own, which nobody can change.
 */
export function copyOf<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf) as T;
  const prototype = Object.getPrototypeOf(value);
  if ((prototype !== Object.prototype && prototype !== null) || isOwnMedia(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) setKey(copy, key, copyOf((value as Record<string, unknown>)[key]));
  return copy as T;
}
