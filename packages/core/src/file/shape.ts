import type { Issue } from "../error/issue.js";
import type { JsonSchema } from "../schema/json.js";
import { misfits } from "../schema/misfits.js";

/** A graph file's content once it has the right shape. */
export interface Written {
  readonly name: string;
  readonly does?: string;
  readonly state: Record<string, any>;
  readonly input: string[];
  readonly output: string[];
  readonly nodes: Record<string, any>;
  readonly conditions: Record<string, string>;
  readonly reducers: Record<string, string>;
  readonly loops: Record<string, any>;
  readonly start: any;
  readonly edges: Record<string, any>;
}

export interface Shaped {
  readonly issues: readonly Issue[];
  /** What is left when what has the wrong shape is taken out; missing where too little is. */
  readonly written?: Written;
  /** Nodes whose edges were taken out, whole or in part. */
  readonly cut: ReadonlySet<string>;
}

/** Holds a file's content against the published JSON Schema, and takes out what does not fit, so that the rest can be checked too. */
export function shape(schema: JsonSchema, content: unknown): Shaped {
  const found = misfits(schema, content);
  const issues = found.map(({ path, message, hint, missing }): Issue => {
    const then = hint ?? "See the notation in @troupe/core/graph.schema.json.";
    const names = missing === undefined ? {} : { names: { key: [missing] } };
    return { code: "file-shape", path, ...names, message: `${message[0]!.toUpperCase()}${message.slice(1)}.`, hint: then };
  });
  const cut = new Set<string>();
  if (typeof content !== "object" || content === null || Array.isArray(content)) return { issues, cut };
  const { $schema: _, $comment: __, ...copy } = structuredClone(content) as Record<string, any>;
  for (const { path } of found) {
    const [part, name, key] = path as [string?, string?, string?];
    if (part === undefined || name === undefined || typeof copy[part] !== "object") {
      if (part !== undefined) delete copy[part];
    } else if (Array.isArray(copy[part])) copy[part] = copy[part].filter((one) => typeof one === "string");
    else if (part === "edges") {
      const rule = copy.edges[name];
      const [, , key, label] = path;
      cut.add(name);
      const mixed = Array.isArray(rule) && rule.some((one) => typeof one === "string");
      if (mixed) copy.edges[name] = rule.filter((one: unknown) => typeof one === "string");
      else if (Array.isArray(rule) && typeof key === "number") rule[key] = { when: {}, to: [] };
      else if (typeof rule?.by === "string" && key === "to" && label !== undefined) rule.to[label] = [];
      else delete copy.edges[name];
    } else if (part === "state") copy.state[name] = "any";
    else if (part === "loops")
      copy.loops[name] = { max: 1, then: typeof copy.loops[name]?.then === "string" ? copy.loops[name].then : "end" };
    else if (part === "nodes" && key !== undefined && typeof copy.nodes[name] === "object") delete copy.nodes[name][key];
    else if (part === "nodes") copy.nodes[name] = "";
    else if (copy[part]) copy[part][name] = "";
  }
  if (!copy.nodes || !copy.state) return { issues, cut };
  const written = {
    name: "graph",
    input: [],
    output: [],
    conditions: {},
    reducers: {},
    loops: {},
    start: [],
    edges: {},
    ...copy,
  } as unknown as Written;
  return { issues, written, cut };
}
