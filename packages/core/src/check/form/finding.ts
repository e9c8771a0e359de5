import type { Issue } from "../../graph/issue.js";
import { didYouMean } from "../nearest.js";

export type Path = Issue["path"];
/** What is wrong with a value at a place. */
export type Form = (value: unknown, path: Path) => readonly Issue[];

/** That a value is not what its place takes: what it is there for, and what to write. */
export function malformed(path: Path, what: string, value: unknown, hint: string): Issue[] {
  return [{ code: "malformed", path, message: `${what} is ${say(value)}.`, hint }];
}

/** Options that nothing knows. */
export function unknownOptions(of: string, value: object, known: readonly string[], path: Path): Issue[] {
  return Object.entries(value)
    .filter(([key, one]) => one !== undefined && !known.includes(key))
    .map(([key]) => ({
      code: "unknown-option",
      path: [...path, key],
      names: { key: [key] },
      message: `"${key}" is no option of ${of}.`,
      hint: didYouMean(key, known, `Its options are ${known.join(", ")}.`),
    }));
}

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

export const isText = (value: unknown): value is string => typeof value === "string";
export const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && [...value].every(isText);

/** Whether JSON can say a value. */
export function isJson(value: unknown, depth = 0): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (depth > 200) return false;
  if (Array.isArray(value)) return [...value].every((one) => isJson(one, depth + 1));
  return isRecord(value) && Object.values(value).every((one) => one === undefined || isJson(one, depth + 1));
}

/** A value in a word or two. */
export function say(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (isSchema(value)) return "a schema";
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return "a list";
  if (typeof value !== "object") return `a ${typeof value}`;
  if (typeof (value as { then?: unknown }).then === "function") return "a promise";
  const made = Object.getPrototypeOf(value)?.constructor;
  return made === undefined || made === Object ? "an object" : `an object of class ${String(made.name)}`;
}
