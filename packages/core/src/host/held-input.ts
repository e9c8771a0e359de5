import { type Made, takeGrowing } from "../engine/growing.js";
import { after, type Soon } from "../schema/after.js";
import { frozen } from "../schema/frozen.js";
import { onlyLooks } from "../schema/only-looks.js";
import { type Schema, type Validated, validate } from "../schema/schema.js";
import { setKey } from "../schema/set-key.js";
import { zodDef } from "../schema/zod-def.js";

/**
 * An input held to its schema. Of a list that grows from round to round, a schema that only looks at each item is shown what it has not
 * seen yet; any other is shown all.
 */
export function heldInput(schema: Schema, input: object): Soon<Validated> {
  const lists = growingIn(schema, input);
  if (lists.length === 0) return validate(schema, input);
  const short: Record<string, unknown> = { ...input };
  const from = lists.map(({ made }) => made.values.length);
  for (const [i, { name, items }] of lists.entries()) setKey(short, name, items.slice(from[i]));
  return after(validate(schema, short), (checked) => {
    // Held as a whole, so that each problem has its place.
    if ("problems" in checked) return validate(schema, input);
    const value = checked.value as Record<string, unknown>;
    for (const [i, { name, items, made }] of lists.entries()) {
      // Another reader may have gone farther meanwhile.
      for (const one of (value[name] as unknown[]).slice(made.values.length - from[i]!)) take(made, one, items[made.values.length]);
      setKey(value, name, made.same ? items : made.values.slice(0, items.length));
    }
    return checked;
  });
}

interface List {
  readonly name: string;
  readonly items: readonly unknown[];
  /** What the schema of an item made of the first of them. */
  readonly made: Made;
}

/** Takes up what a schema made of an item: the item itself, where that is what came of it. */
function take(made: Made, one: unknown, item: unknown): void {
  const same = one === item || JSON.stringify(one) === JSON.stringify(item);
  made.values.push(same ? item : frozen(one));
  made.same &&= same;
}

function growingIn(schema: Schema, input: object): readonly List[] {
  const lists: List[] = [];
  for (const [name, item] of itemSchemas(schema)) {
    const items = (input as Readonly<Record<string, unknown>>)[name] as readonly unknown[];
    const list = takeGrowing(items);
    if (!list) continue;
    let made = list.made.get(item);
    if (!made) list.made.set(item, (made = { values: [], same: true }));
    lists.push({ name, items, made });
  }
  return lists;
}

const known = new WeakMap<Schema, ReadonlyMap<string, Schema>>();

/** The fields of an object schema that are lists of which it looks at nothing but each item, with the schema of these. */
function itemSchemas(schema: Schema): ReadonlyMap<string, Schema> {
  let found = known.get(schema);
  if (!found) known.set(schema, (found = new Map(listsIn(schema))));
  return found;
}

function listsIn(schema: Schema): readonly (readonly [string, Schema])[] {
  const def = zodDef(schema);
  if (def?.type !== "object" || def.checks?.length) return [];
  return Object.entries(def.shape as Readonly<Record<string, Schema>>).flatMap(([name, field]) => {
    const list = zodDef(field);
    const item = list?.type === "array" && !list.checks?.length ? (list.element as Schema) : undefined;
    return item && onlyLooks(item) ? [[name, item] as const] : [];
  });
}
