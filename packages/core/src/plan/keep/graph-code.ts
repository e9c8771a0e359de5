import type { Json } from "../../schema/json.js";

type Content = Readonly<Record<string, any>>;

/** What a module of a graph may not call an import of its own: words of the language, and what it imports besides. */
const taken =
  "defineGraph END schemaFromJson use await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield arguments eval undefined".split(
    " ",
  );
const isIdentifier = (name: string): boolean => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);

/** A module in TypeScript for a graph file's content: members are imported from where `modules` says. */
export function graphCode(file: Content, modules: Readonly<Record<string, string>>): string {
  const names = new Map<string, string>();
  const locals = new Set(taken);
  const imports = Object.entries(modules).map(([member, ref]) => {
    const [from = "", name = "default"] = ref.split("#");
    let local = member.replace(/[^\p{ID_Continue}$]/gu, "_").replace(/^(?![\p{ID_Start}$_])/u, "_");
    while (locals.has(local)) local += "_";
    locals.add(local);
    names.set(ref, local);
    const exported = isIdentifier(name) ? name : json(name);
    return name === "default"
      ? `import ${local} from ${json(from)};`
      : `import { ${name === local ? name : `${exported} as ${local}`} } from ${json(from)};`;
  });
  const nodes = Object.entries(file.nodes as Content).map(
    ([id, { use, ...maps }]) => `    ${json(id)}: use(${names.get(use)}, ${json(maps)}),`,
  );
  const state = Object.entries(file.state as Content).map(
    ([field, type]) => `    ${json(field)}: schemaFromJson(${type.optional ? `${json(type.optional)}, true` : json(type)}),`,
  );
  const edges = Object.entries(file.edges as Content).map(([id, to]) => `    ${json(id)}: ${to === "end" ? "END" : json(to)},`);
  const comment = file.$comment === undefined ? "" : `// ${file.$comment.replace(/[\r\n\u2028\u2029]+/g, " ")}\n`;
  return `${comment}import { defineGraph, END, schemaFromJson, use } from "@troupe/core";
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
