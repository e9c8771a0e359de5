/** Whether a value is an object of named parts, and nothing that a class made. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A frozen copy of data, lists and objects in it too: nobody can change it later. What a class made stays as it is. */
export function frozenCopy<T>(value: T, depth = 0): T {
  if (depth > 200) return value;
  if (Array.isArray(value)) return Object.freeze(value.map((one) => frozenCopy(one, depth + 1))) as T;
  if (!isPlain(value)) return value;
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, one]) => [key, frozenCopy(one, depth + 1)]))) as T;
}
