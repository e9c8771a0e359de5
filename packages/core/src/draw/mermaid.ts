import { type Arrow, type Box, type Drawing, plainLabel } from "./drawing.js";

/** Text that Mermaid shows as it is: quotes, markup and entities written as entities. */
const text = (label: string) =>
  `"${plainLabel(label)
    .replace(/[#"<>&`\\]/g, (c) => `#${c.codePointAt(0)};`)
    .replaceAll("\n", "<br/>")}"`;

const arrows: Record<Arrow["kind"], string> = { edge: "-->", each: "==>", bound: "-.->", member: "-.-" };

const box = ({ id, label, shape }: Box): string => {
  if (shape === "start" || shape === "end") return `${id}((${text(label)}))`;
  if (shape === "member") return `${id}(${text(label)})`;
  return shape === "node" ? `${id}[${text(label)}]` : `${id}{{${text(label)}}}`;
};

function lines({ boxes, groups, arrows: all }: Drawing): string[] {
  return [
    ...boxes.map(box),
    ...groups.flatMap((group) => [`subgraph ${group.id}[${text(group.label)}]`, ...lines(group).map((line) => `  ${line}`), "end"]),
    ...all.map(({ from, to, label, kind }) => `${from} ${arrows[kind]}${label ? `|${text(label)}|` : ""} ${to}`),
  ];
}

/** A drawing as a Mermaid flowchart. */
export function mermaid(drawing: Drawing): string {
  return `${["flowchart TD", ...lines(drawing).map((line) => `  ${line}`)].join("\n")}\n`;
}
