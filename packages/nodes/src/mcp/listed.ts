import { TroupeError } from "@troupe/core";
import { z } from "zod";
import type { Ask, Connection } from "./connection.js";

/** Pages of one list, at the most: a server that goes on for ever is ill. */
const mostPages = 1000;

/** All that a server lists, page by page, each item as it was sent. */
export async function listed(server: string, connected: Connection, method: string, key: string, ask: Ask): Promise<unknown[]> {
  const answer = z.looseObject({ [key]: z.array(z.unknown()), nextCursor: z.string().optional() });
  const items: unknown[] = [];
  const seen = new Set<string>();
  for (let cursor: string | undefined, page = 0; ; page++) {
    const got = (await connected.request(method, cursor === undefined ? {} : { cursor }, answer, ask)) as Record<string, unknown>;
    items.push(...(got[key] as unknown[]));
    cursor = got.nextCursor as string | undefined;
    if (!cursor) return items;
    if (seen.has(cursor) || page >= mostPages) {
      throw new TroupeError("MCP_ANSWER", `The MCP server ${server} comes to no end with ${method}`, {
        hint: "Take a newer version of the server.",
      });
    }
    seen.add(cursor);
  }
}
