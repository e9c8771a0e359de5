import { isOwnMedia } from "../specialist/own-media.js";

/**
 * A copy of a JSON value: who is handed it may change it, and nobody else sees that. What is neither a list nor a plain object is handed
 * on as it is, and so are media that are the program's own, which nobody can change.
 */
export function copyOf<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  if (isOwnMedia(value)) return value;
  if (Array.isArray(value)) return value.map(copyOf) as T;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner)])) as T;
}
