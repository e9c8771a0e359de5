import { lostInJson, nameOf } from "./lost-in-json.js";

const parts = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[{}]/g;
/** Between a name and its number: none that anybody writes. */
const mark = "\u0000";

/**
 * A name that an object of a JSON text has twice, with two values: nobody knows which is meant, and `JSON.parse` takes the last. Undefined
 * where there is none, or the text is no JSON.
 * @example
 * doubledIn('{"n": 3, "n": 4}'); // "n"
 */
export function doubledIn(json: string): string | undefined {
  if (lostInJson(json, "name") === undefined) return undefined;
  const open: Map<string, number>[] = [];
  const apart = json.replace(parts, (token, quoted?: string, colon?: string) => {
    if (token === "{") open.push(new Map());
    else if (token === "}") open.pop();
    const names = open.at(-1);
    if (quoted === undefined || colon === undefined || names === undefined) return token;
    const name = nameOf(quoted);
    const before = names.get(name) ?? 0;
    names.set(name, before + 1);
    return before === 0 ? token : `${JSON.stringify(`${name}${mark}${before}`)}:`;
  });
  try {
    return differing(JSON.parse(apart));
  } catch {
    return undefined;
  }
}

function differing(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, one] of Object.entries(value)) {
    const [name, again] = key.split(mark);
    if (again !== undefined && JSON.stringify(one) !== JSON.stringify((value as Record<string, unknown>)[name!])) return name;
    const within = differing(one);
    if (within !== undefined) return within;
  }
  return undefined;
}
