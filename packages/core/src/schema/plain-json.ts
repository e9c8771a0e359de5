import type { Json } from "./json.js";
import { setKey } from "./set-key.js";

/** Deeper than any JSON that is meant, and shallower than the stack. */
const deepest = 2000;

/** A copy as plain JSON; properties that are undefined are left out and zero has no sign, as in JSON. `refuse` hears of what JSON cannot hold. */
export function plainJson(value: unknown, refuse: Refuse): Json {
  return plain(value, [], refuse);
}

type Refuse = (what: string, path: readonly string[]) => never;
type Way = (string | number)[];

function plain(one: unknown, path: Way, refuse: Refuse): Json {
  if (one === null || typeof one === "string" || typeof one === "boolean") return one;
  if (typeof one === "number") return Number.isFinite(one) ? one + 0 : refuse(String(one), path.map(String));
  if (typeof one !== "object") return refuse(`a value of type ${typeof one}`, path.map(String));
  if (path.length > deepest) return refuse("a value that is nested too deep or in a circle", path.slice(0, 3).map(String));
  if (Array.isArray(one)) return listOf(one, path, refuse);
  const prototype = Object.getPrototypeOf(one);
  if (prototype !== Object.prototype && prototype !== null)
    return refuse(`an object of class ${prototype.constructor?.name ?? "?"}`, path.map(String));
  return objectOf(one as Record<string, unknown>, path, refuse);
}

function listOf(list: readonly unknown[], path: Way, refuse: Refuse): Json[] {
  const copy: Json[] = [];
  for (let i = 0; i < list.length; i++) {
    path.push(i);
    copy.push(plain(list[i], path, refuse));
    path.pop();
  }
  return copy;
}

function objectOf(object: Record<string, unknown>, path: Way, refuse: Refuse): Json {
  const copy: Record<string, Json> = {};
  for (const key of Object.keys(object)) {
    if (object[key] === undefined) continue;
    path.push(key);
    setKey(copy, key, plain(object[key], path, refuse));
    path.pop();
  }
  return copy;
}
