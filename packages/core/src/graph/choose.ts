import { TroupeError } from "../error/error.js";
import type { Json } from "../schema/json.js";
import type { GraphData, TestData } from "./data.js";
import type { Condition } from "./graph.js";

/** Where a rule leads, given what its node sees: targets, or for an `each` the list whose items are to be run. */
export type Chosen = { readonly to: readonly string[] } | { readonly each: string; readonly items: readonly Json[] };

/** What a rule finds in a field. */
export interface Seen {
  look(field: string): unknown;
  /** The same for a condition, which is code and may change what it is handed. */
  hand(field: string): unknown;
}

/**
 * Evaluates a node's rule over what it reads from the state.
 * @throws TroupeError `ROUTE_UNMATCHED` when nothing matches, `CONDITION_FAILED` when a condition gives a promise, `LIST_EXPECTED` when an `each` finds no list.
 */
export function choose(graph: GraphData, node: string, seen: Seen, conditions: Readonly<Record<string, Condition>>): Chosen {
  const rule = graph.edges[node]!;
  switch (rule.kind) {
    case "to":
      return { to: rule.to };
    case "each": {
      const items = seen.look(rule.each);
      if (!Array.isArray(items)) {
        throw new TroupeError("LIST_EXPECTED", `The rule runs ${rule.to} for each item of ${rule.each}, which holds no list`, {
          graph: graph.name,
          at: node,
          field: rule.each,
          hint: `Let a node before ${node} write ${rule.each}, an empty list where there is nothing.`,
        });
      }
      return { each: rule.to, items };
    }
    case "by": {
      const label = seen.look(rule.by);
      const to = label !== undefined && Object.hasOwn(rule.to, String(label)) ? rule.to[String(label)] : rule.otherwise;
      return { to: to ?? unmatched(graph, node, `${rule.by} is ${JSON.stringify(label)}`) };
    }
    case "when": {
      for (const { when, to } of rule.cases) {
        const holds =
          typeof when === "string"
            ? named(graph, node, conditions, when, seen)
            : Object.entries(when).every(([field, test]) => passes(seen.look(field), test));
        if (holds) return { to };
      }
      return { to: rule.otherwise ?? unmatched(graph, node, "no condition holds") };
    }
  }
}

function named(graph: GraphData, node: string, conditions: Readonly<Record<string, Condition>>, name: string, seen: Seen): boolean {
  const condition = conditions[name];
  if (!condition)
    throw new TroupeError("CONDITION_UNKNOWN", `The rule names the condition ${name}, which the graph does not define`, {
      graph: graph.name,
      at: node,
    });
  const holds: unknown = condition.test(Object.fromEntries(condition.reads.map((field) => [field, seen.hand(field)])));
  if (typeof Object(holds).then !== "function") return Boolean(holds);
  // It is not waited for, so nobody else hears it fail.
  Promise.resolve(holds).catch(() => {});
  throw new TroupeError("CONDITION_FAILED", `The condition ${name} gives a promise, which would always hold`, {
    graph: graph.name,
    hint: "Conditions answer at once: let a specialist find out, and route by what it writes.",
  });
}

function unmatched(graph: GraphData, node: string, why: string): never {
  throw new TroupeError("ROUTE_UNMATCHED", `The rule leads nowhere: ${why}`, {
    graph: graph.name,
    at: node,
    hint: "Give the rule an `otherwise`, or a target for this case.",
  });
}

/**
 * Whether a value passes a test; a missing value passes only `exists: false` and `not`.
 *
 * @example
 * passes(0.9, { gte: 0.8 }); // true
 */
export function passes(value: unknown, test: TestData): boolean {
  const present = value !== undefined && value !== null;
  const number = typeof value === "number" ? value : Number.NaN;
  return (
    (test.exists === undefined || test.exists === present) &&
    (test.eq === undefined || value === test.eq) &&
    (test.not === undefined || value !== test.not) &&
    (test.in === undefined || test.in.includes(value as Json)) &&
    (test.lt === undefined || number < test.lt) &&
    (test.lte === undefined || number <= test.lte) &&
    (test.gt === undefined || number > test.gt) &&
    (test.gte === undefined || number >= test.gte)
  );
}
