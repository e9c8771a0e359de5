import type { Json } from "../graph/json.js";

/** A copy as plain JSON; properties that are undefined are left out, as JSON does. `refuse` hears of what JSON cannot hold. */
export function plainJson(value: unknown, refuse: (what: string, path: readonly string[]) => never, path: readonly string[] = []): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : refuse(String(value), path);
  if (typeof value !== "object") return refuse(`a value of type ${typeof value}`, path);
  if (path.length > 2000) return refuse("a value that is nested too deep or in a circle", path.slice(0, 3));
  if (Array.isArray(value)) return value.map((item, i) => plainJson(item, refuse, [...path, String(i)]));
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return refuse(`an object of class ${prototype.constructor?.name ?? "?"}`, path);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === undefined ? [] : [[key, plainJson(inner, refuse, [...path, key])]])),
  );
}
