import { type Arrow, type Box, type Drawing, plainLabel } from "./drawing.js";

const text = (label: string) => `"${plainLabel(label).replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`;

const shapes: Record<Box["shape"], string> = {
  start: "circle",
  end: "doublecircle",
  node: "box",
  member: "box, style=rounded",
  unknown: "diamond",
};
const styles: Record<Arrow["kind"], string> = {
  edge: "",
  each: ", style=bold",
  bound: ", style=dashed",
  member: ", style=dotted, dir=none",
};

function lines({ boxes, groups, arrows }: Drawing): string[] {
  return [
    ...boxes.map(({ id, label, shape }) => `${id} [label=${text(label)}, shape=${shapes[shape]}];`),
    ...groups.flatMap((group) => [
      `subgraph cluster_${group.id} {`,
      ...[`label=${text(group.label)};`, ...lines(group)].map((line) => `  ${line}`),
      "}",
    ]),
    ...arrows.map(({ from, to, label, kind }) => `${from} -> ${to} [label=${text(label)}${styles[kind]}];`),
  ];
}

/** A drawing in Graphviz's DOT. */
export function dot(drawing: Drawing): string {
  return `${[`digraph ${text(drawing.label)} {`, ...lines(drawing).map((line) => `  ${line}`), "}"].join("\n")}\n`;
}
