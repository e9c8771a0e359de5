import { type Specialist, specialist } from "@troupe/core";
import { z } from "zod";
import type { Connection } from "./connection.js";
import { contentFields, contents, resourcePart } from "./contents.js";
import { told } from "./told.js";

/** A resource, or a template of such, as servers list it. */
export const resourceCard = z.object({ uri: z.string().min(1), name: z.string().min(1), description: z.string().optional() });
export const templateCard = z.object({ uriTemplate: z.string().min(1), name: z.string().min(1), description: z.string().optional() });

const answer = z.object({ contents: z.array(resourcePart) });

interface Offered {
  readonly server: string;
  readonly name: string;
  readonly does: string;
  /** What it takes: texts by name. */
  readonly input: z.ZodObject<any>;
  readonly connected: Connection;
  readonly uri: (given: Record<string, string>) => string;
}

/** Reads resources of a server, as a specialist: their contents by kind. */
function reader({ server, name, does, input, connected, uri }: Offered): Specialist {
  return specialist({
    name,
    does,
    input,
    output: z.object(contentFields),
    async run(given, ctx) {
      const got = await connected.request("resources/read", { uri: uri(given as Record<string, string>) }, answer, { signal: ctx.signal });
      ctx.worked(`mcp:${server}`);
      return contents(
        got.contents.map((resource) => ({ type: "resource", resource })),
        ctx,
      );
    },
  }) as Specialist;
}

type Place = Pick<Offered, "server" | "name" | "connected">;

/** One resource: it takes nothing. */
export const resource = (place: Place, { uri, name, description }: z.output<typeof resourceCard>): Specialist =>
  reader({ ...place, does: told(name, description, "Reads"), input: z.object({}), uri: () => uri });

/** Any resource, by its uri: those that answers name, say. */
export const anyResource = (place: Place): Specialist =>
  reader({
    ...place,
    does: `Reads a resource of ${place.server} by its uri`,
    input: z.object({ uri: z.string() }),
    uri: ({ uri }) => uri!,
  });

/** Resources of one template: it takes what stands in the template's braces. */
export async function template(place: Place, { uriTemplate, name, description }: z.output<typeof templateCard>): Promise<Specialist> {
  const { UriTemplate } = await import("@modelcontextprotocol/sdk/shared/uriTemplate.js");
  const made = new UriTemplate(uriTemplate);
  const input = z.object(Object.fromEntries(made.variableNames.map((one) => [one, z.string()])));
  return reader({ ...place, does: told(name, description, "Reads"), input, uri: (given) => made.expand(given) });
}
