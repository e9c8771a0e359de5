import type { JsonSchema } from "../../schema/json.js";
import { alternatives } from "../../schema/resolve.js";
import type { Card } from "../brief.js";
import { wordsOf } from "../derive/words.js";
import { slotsOf } from "../slot.js";

/** A value that a member gives: a field of its output, or one inside it. */
export interface Field {
  /** As a ref says it behind the task's id: `location.id`. */
  readonly path: string;
  readonly schema: JsonSchema;
  /** The words of its name; of a bare `id` or `name` inside an object those of the object too. */
  readonly words: readonly string[];
}

const deepest = 3;
const unsaying = new Set(["id", "name", "code", "key", "number"]);
const known = new WeakMap<Card, readonly Field[]>();

/** All that a member gives, fields inside objects too. */
export function fieldsOf(card: Card): readonly Field[] {
  let fields = known.get(card);
  if (!fields) known.set(card, (fields = flattened(card)));
  return fields;
}

function flattened(card: Card): readonly Field[] {
  const found: Field[] = [];
  const add = (slots: Card["gives"], path: string, within: readonly string[], depth: number) => {
    for (const { name, schema } of Object.values(slots)) {
      const own = wordsOf(name);
      const words = own.length === 1 && own.every((word) => unsaying.has(word)) ? [...within.slice(-1), ...own] : own;
      const at = path ? `${path}.${name}` : name;
      found.push({ path: at, schema, words });
      if (depth < deepest && alternatives(schema, schema).some((one) => one.properties)) add(slotsOf(schema), at, own, depth + 1);
    }
  };
  add(card.gives, "", [], 1);
  return found;
}
