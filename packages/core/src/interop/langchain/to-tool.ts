import type { DynamicStructuredTool } from "@langchain/core/tools";
import type { Graph } from "../../graph/graph.js";
import { ownOptions } from "../../host/own-options.js";
import type { CompileOptions } from "../../host/run-options.js";
import { toolName } from "../../host/tool-name.js";
import { toolText } from "../../host/with-tools.js";
import { jsonSchemaOf } from "../../schema/schema.js";
import { asSpecialist, type Specialist } from "../../specialist/specialist.js";
import { alone } from "../alone.js";
import { callOptions } from "../call-options.js";
import { compile } from "../compile.js";

export interface ToolOptions extends CompileOptions {
  /** Default: the specialist's, or the graph's. Models know tools by it: letters, digits, `_` and `-`. */
  readonly name?: string;
  /** What models read of it. Default: what it does. */
  readonly description?: string;
}

/**
 * A specialist, a team or a graph as a LangChain tool, for any agent or model of LangChain's. Each call is a run of its own, with the
 * models, limits and trust given here, and with the caller's callbacks, signal and context (as `ctx.services`). A model reads its one text
 * where that is all it gives, else its output as JSON; the output itself is the message's `artifact`. What fails is thrown.
 * @throws TroupeError `GRAPH_INVALID`, `OPTION_INVALID` as `compile` does; in a call what the run throws.
 * @example
 * const desk = await toTool(deskTeam, { models: defaultModels() });
 * const agent = createReactAgent({ llm, tools: [desk] });
 */
export async function toTool(work: Specialist | Graph, options: ToolOptions = {}): Promise<DynamicStructuredTool> {
  const {
    name = Object(work).name,
    description,
    ...compiled
  } = ownOptions("toTool", options, ["name", "description", "models"]) as ToolOptions;
  if (isGraph(work)) compile(work, compiled); // refuses what is wrong with it
  const one = isGraph(work) ? asSpecialist(work) : work;
  const run = alone(one, compiled);
  const { DynamicStructuredTool } = await import("@langchain/core/tools");
  return new DynamicStructuredTool({
    name: toolName(name),
    description: description ?? one.does,
    schema: jsonSchemaOf(one.input, "input") as any,
    responseFormat: "content_and_artifact",
    func: async (input: object, manager, config) => {
      const output = await run(input, callOptions({ ...config, callbacks: manager?.getChild() ?? config?.callbacks }));
      return [toolText(output), output];
    },
  }) as DynamicStructuredTool;
}

const isGraph = (work: Specialist | Graph): work is Graph => "nodes" in Object(work) && "edges" in work;
