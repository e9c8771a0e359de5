export type Plain = Readonly<Record<string, unknown>>;

/** An object of named parts, no list and nothing made by a class. */
export function isRecord(value: unknown): value is Plain {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && !("~standard" in value);
}

export function isSchema(value: unknown): boolean {
  if ((typeof value !== "object" && typeof value !== "function") || value === null || !("~standard" in value)) return false;
  return typeof Object(value["~standard"]).validate === "function";
}

/** A value in a word or two. */
export function say(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (isSchema(value)) return "a schema";
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return value.length ? "a list" : "an empty list";
  if (typeof value !== "object") return `a ${typeof value}`;
  if (typeof (value as { then?: unknown }).then === "function") return "a promise";
  const made = Object.getPrototypeOf(value)?.constructor;
  return made === undefined || made === Object ? "an object" : `an object of class ${String(made.name)}`;
}
