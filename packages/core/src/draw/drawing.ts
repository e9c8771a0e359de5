import type { GraphData, RuleData, TestData } from "../graph/data.js";
import { END } from "../graph/graph.js";

export interface Box {
  readonly id: string;
  readonly label: string;
  /** `unknown` is a target that does not exist. */
  readonly shape: "start" | "end" | "node" | "member" | "unknown";
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** `each` runs its target once an item, `bound` is where a loop goes after its last round, `member` ties a team to who works for it. */
  readonly kind: "edge" | "each" | "bound" | "member";
}

/** A graph as boxes and arrows; a graph that stands at a node is a group, entered at its start and left at its end. */
export interface Drawing {
  readonly id: string;
  readonly label: string;
  readonly boxes: readonly Box[];
  readonly groups: readonly Drawing[];
  readonly arrows: readonly Arrow[];
}

/** A label without what could move a terminal's cursor or turn a text round; breaks stay. */
export const plainLabel = (label: string): string => label.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/gu, "");

/** What both drawing languages draw; `taken` are the ids of the graphs around. Ids are letters, digits and _, and are no word of either. */
export function drawingOf(data: GraphData, id = "", label = data.name, taken: Set<string> = new Set()): Drawing {
  const place = (name: string) => `${id}${id && "_"}${name}`;
  const ids = idsOf(data, place, taken);
  const groups = new Map(
    Object.entries(data.nodes).flatMap(([name, { graph }]) =>
      graph ? [[name, drawingOf(graph, ids.get(name)!, `${name}: ${graph.name}`, taken)] as const] : [],
    ),
  );
  const enter = (name: string) => (name === END ? place("_end") : groups.has(name) ? `${ids.get(name)}__start` : ids.get(name)!);
  const leave = (name: string) => (groups.has(name) ? `${ids.get(name)}__end` : ids.get(name)!);
  const arrows: Arrow[] = [];
  const draw = (from: string, to: readonly string[], label: string, kind: Arrow["kind"] = "edge") => {
    for (const target of to) {
      const same = arrows.findIndex((arrow) => arrow.from === from && arrow.to === enter(target) && arrow.kind === kind);
      if (same < 0) arrows.push({ from, to: enter(target), label, kind });
      else arrows[same] = { ...arrows[same]!, label: [arrows[same]!.label, label].filter(Boolean).join(", ") };
    }
  };
  draw(place("_start"), data.start, "");
  const runs = Object.values(data.edges).flatMap((rule) => (rule.kind === "each" ? [rule.to] : []));
  for (const [node, rule] of Object.entries(data.edges)) {
    if (!Object.hasOwn(data.nodes, node) || runs.includes(node)) continue;
    for (const { label, to } of waysOf(rule)) draw(leave(node), to, label, rule.kind === "each" ? "each" : "edge");
    if (rule.kind !== "each" || !ids.has(rule.to)) continue;
    const collected = Object.entries(rule.collect).map(([from, into]) => `${from} into ${into}`);
    draw(leave(rule.to), rule.then, ["after all", ...collected].join(", "));
  }
  for (const [head, { max, then }] of Object.entries(data.loops))
    if (Object.hasOwn(data.nodes, head)) draw(leave(head), then, `after ${max} ${max === 1 ? "round" : "rounds"}`, "bound");
  const members: Box[] = [];
  for (const [name, node] of Object.entries(data.nodes)) {
    for (const member of node.members ?? []) {
      const id = freeId(`${ids.get(name)!}_m_${member.replace(/\W/g, "_")}`, taken);
      members.push({ id, label: member, shape: "member" });
      arrows.push({ from: ids.get(name)!, to: id, label: "", kind: "member" });
    }
  }
  const known = Object.entries(data.nodes).filter(([name]) => !groups.has(name));
  return {
    id,
    label,
    groups: [...groups.values()],
    arrows,
    boxes: [
      { id: place("_start"), label: "start", shape: "start" },
      ...known.map(
        ([name, { specialist }]): Box => ({
          id: ids.get(name)!,
          label: specialist === name ? name : `${name}\n${specialist}`,
          shape: "node",
        }),
      ),
      ...members,
      ...[...ids]
        .filter(([name]) => !Object.hasOwn(data.nodes, name))
        .map(([name, id]): Box => ({ id, label: `${name}?`, shape: "unknown" })),
      { id: place("_end"), label: "end", shape: "end" },
    ],
  };
}

/** An id for every node and every target that is none. */
function idsOf(data: GraphData, place: (name: string) => string, taken: Set<string>): ReadonlyMap<string, string> {
  const targets = [
    ...data.start,
    ...Object.values(data.edges).flatMap((rule) => waysOf(rule).flatMap(({ to }) => to)),
    ...Object.values(data.edges).flatMap((rule) => (rule.kind === "each" ? rule.then : [])),
    ...Object.values(data.loops).flatMap(({ then }) => then),
  ];
  const ids = new Map<string, string>();
  for (const name of new Set([...Object.keys(data.nodes), ...targets.filter((target) => target !== END)])) {
    // A leading n keeps words of the languages, and digits, from being ids.
    ids.set(name, freeId(place(`n_${name.replace(/\W/g, "_")}`), taken));
  }
  return ids;
}

function freeId(plain: string, taken: Set<string>): string {
  let id = plain;
  for (let i = 2; taken.has(id); i++) id = `${plain}_${i}`;
  taken.add(id);
  return id;
}

function waysOf(rule: RuleData): readonly { label: string; to: readonly string[] }[] {
  const otherwise = "otherwise" in rule && rule.otherwise ? [{ label: "otherwise", to: rule.otherwise }] : [];
  switch (rule.kind) {
    case "to":
      return [{ label: "", to: rule.to }];
    case "by":
      return [...Object.entries(rule.to).map(([label, to]) => ({ label: `${rule.by} = ${label}`, to })), ...otherwise];
    case "when":
      return [...rule.cases.map(({ when, to }) => ({ label: typeof when === "string" ? when : conditionText(when), to })), ...otherwise];
    case "each":
      return [{ label: `each ${rule.each} as ${rule.as}${rule.atOnce === undefined ? "" : `, ${rule.atOnce} at once`}`, to: [rule.to] }];
  }
}

function conditionText(when: Readonly<Record<string, TestData>>): string {
  const signs: Readonly<Record<string, string>> = { eq: "=", not: "≠", in: "in", lt: "<", lte: "≤", gt: ">", gte: "≥" };
  const tests = Object.entries(when).flatMap(([field, test]) =>
    Object.entries(test).map(([name, value]) =>
      name === "exists"
        ? `${field} ${value ? "exists" : "is missing"}`
        : `${field} ${signs[name] ?? name} ${[value].flat().map(String).join(" or ")}`,
    ),
  );
  return tests.join(" and ") || "always";
}
