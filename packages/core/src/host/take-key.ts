import { TroupeError } from "../error/error.js";
import { Path } from "../path/path.js";

/** Takes a key that an occurrence calls something under. @throws TroupeError `KEY_INVALID` where it is taken, or no name */
export function takeKey(keys: Set<string>, key: string, place: { readonly graph: string; readonly at: Path }): void {
  const taken = keys.has(key);
  if (Path.isKey(key) && !taken) return void keys.add(key);
  const what = taken ? `The key ${key} is used twice` : `The key "${key}" is empty or holds one of / @ # [ ]`;
  throw new TroupeError("KEY_INVALID", what, { ...place, hint: "Give every ctx.call of an occurrence a name of its own." });
}
