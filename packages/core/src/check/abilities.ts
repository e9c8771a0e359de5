import type { Issue } from "../error/issue.js";
import type { Graph } from "../graph/graph.js";
import type { Use } from "../graph/signature.js";
import type { ChatModel, ModelsByKind } from "../model/model.js";
import type { JsonSchema } from "../schema/json.js";
import { objectFields } from "../schema/object-fields.js";
import { jsonSchemaOf } from "../schema/schema.js";
import type { Need, Specialist } from "../specialist/specialist.js";
import { knownNodes } from "./known-nodes.js";
import { leastPrompt } from "./least-prompt.js";
import type { Check } from "./look.js";

type AnyModel = ModelsByKind[keyof ModelsByKind];
type Bound = Readonly<Record<string, AnyModel>>;
type Path = Issue["path"];

/** What nodes, members of teams and tools ask of models that are named, and that these, by their cards, cannot do. */
export const abilities: Check = (look) =>
  // Graphs at nodes are checked by themselves.
  knownNodes(look).flatMap(({ node, use }) => (use.specialist.graph ? [] : atNode(node, use, [], {})));

/**
 * The same once it is known which models play which roles, in the graphs inside too. Of a graph that passes `check`.
 * @example
 * checkAbilities(graph, { default: model("ollama:phi3:mini") })
 */
export const checkAbilities = (graph: Graph, bound: Bound): readonly Issue[] => inGraph(graph, [], bound);

const inGraph = (graph: Graph, path: Path, bound: Bound): Issue[] =>
  Object.entries(graph.nodes).flatMap(([node, use]) => atNode(node, use, path, bound));

function atNode(node: string, { specialist, set }: Use, path: Path, bound: Bound): Issue[] {
  return asked(specialist as Specialist, [...path, "nodes", node], bound, set).map((issue) => ({
    ...issue,
    names: { node: [node], ...issue.names },
  }));
}

function asked(specialist: Specialist, path: Path, bound: Bound, set: Readonly<Record<string, unknown>> = {}): Issue[] {
  const { graph, team, tools = [], prompt, needs, model = "default" } = specialist;
  const chat = typeof model === "string" ? (Object.hasOwn(bound, model) ? bound[model] : undefined) : model;
  return [
    ...(chat?.card?.kind === "chat" && (prompt || needs) ? ofModel(specialist, chat as ChatModel, [...path, "model"], set) : []),
    ...(graph ? inGraph(graph, [...path, "graph"], bound) : []),
    ...(team?.members ?? []).flatMap((member, i) => asked(member, [...path, "team", "members", i], bound)),
    ...tools.flatMap((tool, i) => asked(tool, [...path, "tools", i], bound)),
  ];
}

const words: Readonly<Record<Need, { readonly does: string; readonly instead: string }>> = {
  text: { does: "read what it is asked", instead: "or ask it for captions only, with caption" },
  image: { does: "see images", instead: "or read the image first with a specialist that gives text, and hand on that" },
  audio: { does: "hear", instead: "or write the recording out first with a specialist that gives text, and hand on that" },
  tools: { does: "call tools in a way of its own", instead: "or do not say that it needs them: they are written out in the prompt then" },
};

function ofModel(specialist: Specialist, model: ChatModel, path: Path, set: Readonly<Record<string, unknown>>): Issue[] {
  const { name } = specialist;
  const { id, card } = model;
  const { assumed = [], measured } = card;
  const found = measured === undefined ? "by its card" : `as was measured on ${measured}`;
  const can = (need: Need) =>
    need === "tools" ? card.tools || assumed.includes("tools") : card.modalities.includes(need) || assumed.includes("modalities");
  const unable = needsOf(specialist).flatMap(({ need, field }): Issue[] => {
    if (can(need)) return [];
    const { does, instead } = words[need];
    const why =
      field === undefined ? `${name} needs a model that can ${does}` : `${name} gives its model "${field}", to which it must ${does}`;
    return [
      {
        code: "model-unable",
        path,
        names: { specialist: [name], ...(field === undefined ? {} : { input: [field] }) },
        message: `${why}, and ${id} cannot, ${found}.`,
        hint: `Give it a model that can, ${instead}.`,
      },
    ];
  });
  if (assumed.includes("context")) return unable;
  const tokens = leastPrompt(specialist, card, set);
  if (tokens === undefined || tokens < card.context) return unable;
  return [
    ...unable,
    {
      code: "prompt-too-long",
      path,
      names: { specialist: [name] },
      message: `The prompt of ${name} takes ${tokens.toLocaleString("en")} tokens or more whatever it is given, and ${id} has a context of ${card.context.toLocaleString("en")}${measured === undefined ? "" : `, ${found}`}.`,
      hint: "Shorten the prompt or the schemas, or give it a model of more context.",
    },
  ];
}

interface Needed {
  readonly need: Need;
  /** The input that it is needed for. */
  readonly field?: string;
}

/** What a specialist says that it needs, and what a prompt needs: to be read, and what the media among its inputs ask for. */
function needsOf({ input, prompt, needs = [] }: Specialist): readonly Needed[] {
  const said = needs.map((need): Needed => ({ need }));
  if (!prompt) return said;
  const fields = Object.entries(objectFields(readable(input))?.properties ?? {});
  const shown = fields.flatMap(([field, schema]): Needed[] => {
    const kinds = [...JSON.stringify(schema).matchAll(/"x-media":"(\w+)"/g)].map(([, kind = ""]) => needed[kind]);
    return [...new Set(kinds)].flatMap((need) => (need && !needs.includes(need) ? [{ need, field }] : []));
  });
  return [...said, ...(needs.includes("text") ? [] : [{ need: "text" } as const]), ...shown];
}

/** A file may be anything, also a text. */
const needed: Readonly<Record<string, Need | undefined>> = { image: "image", page: "image", audio: "audio" };

function readable(input: Specialist["input"]): JsonSchema {
  try {
    return jsonSchemaOf(input);
  } catch {
    return {};
  }
}
