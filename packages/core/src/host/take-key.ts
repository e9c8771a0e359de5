import { TroupeError } from "../error/error.js";
import { Path } from "../path/path.js";
import { say } from "../schema/say.js";

/** Takes a key that an occurrence calls something under. @throws TroupeError `KEY_INVALID` where it is taken, or no name */
export function takeKey(keys: Set<string>, key: string, place: { readonly graph: string; readonly at: Path }): void {
  const taken = keys.has(key);
  const named = typeof key === "string";
  if (named && Path.isKey(key) && !taken) return void keys.add(key);
  const why = taken ? "is used twice" : named ? "is empty or holds one of / @ # [ ]" : "is no text";
  const what = `The key ${say(key)} ${why}`;
  throw new TroupeError("KEY_INVALID", what, { ...place, hint: "Give every ctx.call of an occurrence a name of its own." });
}
