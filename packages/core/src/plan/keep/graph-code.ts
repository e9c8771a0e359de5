import type { Json } from "../../schema/json.js";

type Content = Readonly<Record<string, any>>;

/** A module in TypeScript for a graph file's content: members are imported from where `modules` says. */
export function graphCode(file: Content, modules: Readonly<Record<string, string>>): string {
  const names = new Map<string, string>();
  const imports = Object.entries(modules).map(([member, ref]) => {
    const [from = "", name = "default"] = ref.split("#");
    const local = member.replace(/[^\w$]/g, "_").replace(/^(?=\d)/, "_");
    names.set(ref, local);
    return name === "default"
      ? `import ${local} from ${json(from)};`
      : `import { ${name === local ? name : `${name} as ${local}`} } from ${json(from)};`;
  });
  const nodes = Object.entries(file.nodes as Content).map(
    ([id, { use, ...maps }]) => `    ${json(id)}: use(${names.get(use) ?? json(use)}, ${json(maps)}),`,
  );
  const state = Object.entries(file.state as Content).map(
    ([field, type]) => `    ${json(field)}: schemaFromJson(${type.optional ? `${json(type.optional)}, true` : json(type)}),`,
  );
  const edges = Object.entries(file.edges as Content).map(([id, to]) => `    ${json(id)}: ${to === "end" ? "END" : json(to)},`);
  return `import { defineGraph, END, schemaFromJson, use } from "@troupe/core";
${imports.join("\n")}

export default defineGraph({
  name: ${json(file.name)},
  does: ${json(file.does)},
  state: {
${state.join("\n")}
  },
  input: ${json(file.input)},
  output: ${json(file.output)},
  nodes: {
${nodes.join("\n")}
  },
  start: ${json(file.start)},
  edges: {
${edges.join("\n")}
  },
});
`;
}

const json = (value: Json): string => JSON.stringify(value);
