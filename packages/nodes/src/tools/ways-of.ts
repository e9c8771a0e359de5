/** A JSON Schema, or a part of one, whatever it holds. */
export type Part = Readonly<Record<string, any>>;

/** One of the things that a schema may be: no reference, union or intersection at its top; and where what it refers to is looked up. */
export interface Way {
  readonly part: Part;
  readonly root: Part;
  /** References on the way to it: one of these again is left as it stands, so that a schema that refers to itself ends. */
  readonly followed: ReadonlySet<string>;
}

/** Alternatives that are still worth telling apart. */
const most = 32;

/** What a schema may be, all alternatives of its unions. */
export function waysOf(given: unknown, place: Omit<Way, "part">): readonly Way[] {
  const { root, followed } = place;
  if (typeof given !== "object" || given === null || Array.isArray(given)) return [{ part: {}, root, followed }];
  const { $ref, allOf, anyOf, oneOf, ...own } = given as Part;
  const again = typeof $ref === "string" && followed.has($ref);
  let ways: readonly Way[] = [{ part: again ? { ...own, $ref } : own, root, followed }];
  const meet = (others: readonly Way[]) => {
    ways = ways
      .flatMap((one) =>
        others.map((other) => ({ part: joined(other.part, one.part), root, followed: new Set([...one.followed, ...other.followed]) })),
      )
      .slice(0, most);
  };
  if (typeof $ref === "string" && !again) meet(waysOf(target($ref, root), { root, followed: new Set([...followed, $ref]) }));
  for (const one of (allOf ?? []) as unknown[]) meet(waysOf(one, place));
  for (const union of [anyOf, oneOf]) if (Array.isArray(union) && union.length) meet(union.flatMap((one) => waysOf(one, place)));
  return ways.flatMap((way) =>
    Array.isArray(way.part.type) ? way.part.type.map((type: string) => ({ ...way, part: { ...way.part, type } })) : [way],
  );
}

function joined(one: Part, other: Part): Part {
  const properties = one.properties || other.properties ? { properties: { ...one.properties, ...other.properties } } : {};
  const required = one.required || other.required ? { required: [...new Set([...(one.required ?? []), ...(other.required ?? [])])] } : {};
  return { ...one, ...other, ...properties, ...required };
}

function target($ref: string, root: Part): unknown {
  if (!$ref.startsWith("#")) return {};
  const keys = $ref.replace(/^#\/?/, "").split("/").filter(Boolean);
  return keys.reduce<any>((at, key) => at?.[key.replaceAll("~1", "/").replaceAll("~0", "~")], root);
}
