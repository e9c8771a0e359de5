import type { Issue } from "../../error/issue.js";
import { didYouMean } from "../../error/nearest.js";
import { isRecord, say } from "../../schema/say.js";

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
