import type { GraphData, RuleData } from "../graph/data.js";

type Path = readonly (string | number)[];

/** A name at its place in a graph. */
export interface Place {
  readonly name: string;
  readonly path: Path;
}

/** Where a list of targets stands; one target alone stands there itself. */
const list = (path: Path, names: readonly string[]): Place[] =>
  names.map((name, i) => ({ name, path: names.length > 1 ? [...path, i] : path }));

/** Every outcome of a rule: the list of targets, and where it was written. */
export function outcomePlaces(node: string, rule: RuleData): readonly { path: Path; to: readonly string[] }[] {
  const at: Path = ["edges", node];
  switch (rule.kind) {
    case "to":
      return [{ path: at, to: rule.to }];
    case "by":
      return [
        ...Object.entries(rule.to).map(([label, to]) => ({ path: [...at, "to", label], to })),
        ...(rule.otherwise ? [{ path: [...at, "otherwise"], to: rule.otherwise }] : []),
      ];
    case "when":
      return [
        ...rule.cases.map(({ to }, i) => ({ path: [...at, i, "to"], to })),
        ...(rule.otherwise ? [{ path: [...at, rule.cases.length, "otherwise"], to: rule.otherwise }] : []),
      ];
    case "each":
      return [
        { path: [...at, "to"], to: [rule.to] },
        { path: [...at, "then"], to: rule.then },
      ];
  }
}

/** Every list of targets: start, edges, where loops go. */
export function targetLists(data: GraphData): readonly { path: Path; to: readonly string[] }[] {
  return [
    { path: ["start"], to: data.start },
    ...Object.entries(data.edges).flatMap(([node, rule]) => outcomePlaces(node, rule)),
    ...Object.entries(data.loops).map(([head, { then }]) => ({ path: ["loops", head, "then"], to: then })),
  ];
}

/** Every target. */
export const targetPlaces = (data: GraphData): readonly Place[] => targetLists(data).flatMap(({ path, to }) => list(path, to));

/** Every state field that a rule looks at or fills, conditions by name aside. */
export function ruleFields(node: string, rule: RuleData): readonly Place[] {
  const at: Path = ["edges", node];
  switch (rule.kind) {
    case "to":
      return [];
    case "by":
      return [{ name: rule.by, path: [...at, "by"] }];
    case "when":
      return rule.cases.flatMap(({ when }, i) =>
        typeof when === "string" ? [] : Object.keys(when).map((name) => ({ name, path: [...at, i, "when", name] })),
      );
    case "each":
      return [
        { name: rule.each, path: [...at, "each"] },
        { name: rule.as, path: [...at, "as"] },
        ...Object.entries(rule.collect).flatMap(([from, into]) => [
          { name: from, path: [...at, "collect", from] },
          { name: into, path: [...at, "collect", from] },
        ]),
      ];
  }
}
