import type { Tool } from "@modelcontextprotocol/sdk/types.js";
import { type JsonSchema, jsonSchemaOf, type MediaKind, type Specialist } from "@troupe/core";

/** A specialist as servers of the protocol list it. A medium is taken as a path or a URL. */
export function toolOf({ name, does, input, output, effects }: Specialist): Tool {
  return {
    name,
    description: does,
    inputSchema: object(sources(jsonSchemaOf(input, "input"))) as Tool["inputSchema"],
    outputSchema: object(jsonSchemaOf(output, "output")) as NonNullable<Tool["outputSchema"]>,
    annotations: { readOnlyHint: effects !== true },
  };
}

const named: Record<MediaKind, string> = { audio: "A recording", image: "An image", page: "A page", file: "A file" };

/** What a tool takes and gives is an object; a union of such does not say so by itself. */
const object = (schema: JsonSchema): JsonSchema => ({ ...schema, type: "object" });

/** The schema, with a text wherever a medium is taken. */
function sources(schema: unknown): any {
  if (Array.isArray(schema)) return schema.map(sources);
  if (typeof schema !== "object" || schema === null) return schema;
  const { "x-media": kind, description } = schema as { "x-media"?: MediaKind; description?: string };
  if (kind) {
    const way = `${named[kind]}, as a path or URL`;
    return { type: "string", description: description ? `${description} (${way})` : way };
  }
  return Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, sources(part)]));
}
