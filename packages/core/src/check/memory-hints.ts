import { machineMemory } from "#platform/machine-memory";
import type { Issue } from "../error/issue.js";
import type { Graph } from "../graph/graph.js";
import type { Bindable, ModelCard } from "../model/model.js";
import type { Specialist } from "../specialist/specialist.js";
import { refuseMalformed } from "./refuse.js";

/** A model as far as its card goes. */
interface Carded {
  readonly id: string;
  readonly card: ModelCard;
}

/**
 * Models that this machine has too little memory for, by their cards, as findings: all that run in this process, which stay loaded, taken
 * together; and each that a server of this machine runs, since Ollama loads what is asked and drops what is not. Those that the graph names,
 * and those bound to roles.
 * @throws TroupeError `GRAPH_INVALID` for what is no graph.
 * @example
 * memoryHints(graph, { default: model("ollama:mixtral:8x7b") }); // on a machine of 16 GB: takes 26.0 GB or more
 */
export function memoryHints(
  graph: Graph,
  models: Readonly<Record<string, Bindable>> = {},
  memory: number | undefined = machineMemory(),
): readonly Issue[] {
  refuseMalformed(graph);
  if (memory === undefined) return [];
  const named = [...Object.values(models), ...namedIn(graph)].filter(isLocal);
  const here = [...new Map(named.map((model) => [model.id, model])).values()];
  const embedded = here.filter(({ card }) => card.embedded);
  const served = here.filter(({ card }) => !card.embedded);
  return [...together(embedded, memory), ...served.flatMap((model) => alone(model, memory))];
}

function together(models: readonly Carded[], memory: number): Issue[] {
  const all = models.reduce((sum, { card }) => sum + (card.memory ?? 0), 0);
  if (all <= memory) return [];
  const said = models.map(({ id, card }) => `${id} (${gigabytes(card.memory ?? 0)})`).join(", ");
  return [
    {
      code: "memory-short",
      path: [],
      names: { model: models.map(({ id }) => id) },
      message: `Once all are loaded, the models in this process take about ${gigabytes(all)}, and there are ${gigabytes(memory)}: ${said}.`,
      hint: "Take smaller ones, fewer, or give them less context, or let some run elsewhere: ollama:NAME, openai:NAME@URL.",
    },
  ];
}

function alone({ id, card }: Carded, memory: number): Issue[] {
  const takes = card.memory ?? 0;
  if (takes <= memory) return [];
  return [
    {
      code: "memory-short",
      path: [],
      names: { model: [id] },
      message: `${id} takes ${gigabytes(takes)} or more, and this machine has ${gigabytes(memory)}.`,
      hint: "Take a smaller one, or a server on a machine of more memory, unless a graphics card here holds it.",
    },
  ];
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/** One that LangChain made tells nothing of its size. */
const isLocal = (model: unknown): model is Carded => Object(Object(model).card).local === true;

/** The models that specialists of a graph name, their members, tools and graphs inside included. */
function namedIn({ nodes }: Graph): readonly unknown[] {
  const of = ({ model, team, tools = [], graph }: Specialist): readonly unknown[] => [
    model,
    team?.planner,
    team?.stronger,
    team?.compose?.by,
    ...[...(team?.members ?? []), ...tools].flatMap(of),
    ...(graph ? namedIn(graph) : []),
  ];
  return Object.values(nodes).flatMap(({ specialist }) => of(specialist as Specialist));
}
