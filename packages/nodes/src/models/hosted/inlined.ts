import type { JsonSchema } from "@troupe/core";

type Part = Readonly<Record<string, any>>;

/** A schema with what it refers to in place of its references; undefined where it refers to itself, or to what is not there. */
export function inlined(schema: JsonSchema): JsonSchema | undefined {
  const { $defs = {}, ...root } = schema as Part;
  let whole = true;
  const visit = (part: any, within: readonly string[]): any => {
    if (Array.isArray(part)) return part.map((one) => visit(one, within));
    if (typeof part !== "object" || part === null) return part;
    if (typeof part.$ref === "string") {
      const name = /^#\/\$defs\/([^/]+)$/.exec(part.$ref)?.[1];
      if (name !== undefined && name in $defs && !within.includes(name)) return visit($defs[name], [...within, name]);
      whole = false;
      return {};
    }
    return Object.fromEntries(
      Object.entries(part).map(([key, one]) => [key, ["enum", "const", "default"].includes(key) ? one : visit(one, within)]),
    );
  };
  const made = visit(root, []);
  return whole ? made : undefined;
}
