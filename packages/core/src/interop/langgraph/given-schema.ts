import { TroupeError } from "../../error/error.js";
import type { Graph } from "../../graph/graph.js";
import type { Json } from "../../schema/json.js";
import { jsonSchemaOf, validate } from "../../schema/schema.js";
import { fieldsSchema } from "../../specialist/specialist.js";
import { courseChannel, fresh } from "./fields.js";
import type { LangGraph } from "./library.js";

/**
 * What LangGraph takes as the graph's input: held to its input fields, with every field and the course begun anew, so that a second run
 * on a thread starts from its own input alone.
 */
export function givenSchema({ StateSchema }: LangGraph, graph: Graph, channels: Readonly<Record<string, unknown>>): object {
  const takes = fieldsSchema(graph, graph.input);
  class Given extends StateSchema<any> {
    override getChannels(): any {
      return channels;
    }
    override getJsonSchema(): any {
      return jsonSchemaOf(takes);
    }
    override getInputJsonSchema(): any {
      return jsonSchemaOf(takes);
    }
    override async validateInput(data: any): Promise<any> {
      const refuse = (problems: readonly string[]): never => {
        throw new TroupeError("INPUT_INVALID", `The run cannot take its input: ${problems.join("; ")}`, {
          graph: graph.name,
          hint: `It takes ${graph.input.join(", ")}.`,
        });
      };
      const unknown = Object.keys(Object(data)).filter((name) => !graph.input.includes(name));
      if (unknown.length) refuse(unknown.map((name) => `${name}: not an input of the graph`));
      const checked = await validate(takes, data);
      if ("problems" in checked) return refuse(checked.problems);
      const values = checked.value as Record<string, Json>;
      const fields = Object.keys(graph.state).map((field) => [field, fresh(values[field])] as const);
      return { ...Object.fromEntries(fields), [courseChannel]: "begin" };
    }
  }
  return new Given({});
}
