import type { Json } from "./json.js";
import { setKey } from "./set-key.js";

/** Deeper than any JSON that is meant, and shallower than the stack. */
const deepest = 2000;

/** A copy as plain JSON; properties that are undefined are left out and zero has no sign, as in JSON. `refuse` hears of what JSON cannot hold. */
export function plainJson(value: unknown, refuse: (what: string, path: readonly string[]) => never): Json {
  const path: (string | number)[] = [];
  const no = (what: string, length = path.length) => refuse(what, path.slice(0, length).map(String));
  const plain = (one: unknown): Json => {
    if (one === null || typeof one === "string" || typeof one === "boolean") return one;
    if (typeof one === "number") return Number.isFinite(one) ? one + 0 : no(String(one));
    if (typeof one !== "object") return no(`a value of type ${typeof one}`);
    if (path.length > deepest) return no("a value that is nested too deep or in a circle", 3);
    if (Array.isArray(one)) return listOf(one);
    const prototype = Object.getPrototypeOf(one);
    if (prototype !== Object.prototype && prototype !== null) return no(`an object of class ${prototype.constructor?.name ?? "?"}`);
    return objectOf(one as Record<string, unknown>);
  };
  const listOf = (list: readonly unknown[]): Json[] => {
    const copy: Json[] = [];
    for (let i = 0; i < list.length; i++) {
      path.push(i);
      copy.push(plain(list[i]));
      path.pop();
    }
    return copy;
  };
  const objectOf = (object: Record<string, unknown>): Json => {
    const copy: Record<string, Json> = {};
    for (const key of Object.keys(object)) {
      if (object[key] === undefined) continue;
      path.push(key);
      setKey(copy, key, plain(object[key]));
      path.pop();
    }
    return copy;
  };
  return plain(value);
}
