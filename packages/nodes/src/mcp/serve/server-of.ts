import type { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { appOf, type CompileOptions, nearest, type Specialist, TroupeError } from "@troupe/core";
import manifest from "../../../package.json" with { type: "json" };
import { needs } from "../../peer.js";
import { answerOf, failureOf } from "./answer-of.js";
import { toolOf } from "./tool-of.js";

export interface Served extends CompileOptions {
  /** Each is a tool: teams, graphs by `asSpecialist`, any other. */
  readonly specialists: readonly Specialist[];
  /** What the server calls itself. Default: `troupe`. */
  readonly name?: string;
  /** Handed to specialists as `ctx.services`. */
  readonly services?: unknown;
}

/**
 * Makes servers of the protocol, one a client, all of which offer the same. `broken` says, in the midst of a call, what is aborted once
 * nobody can be told its answer any more.
 * @throws TroupeError `MCP_INVALID` where there is no specialist, or two have one name
 */
export async function serverOf(
  { specialists, name = "troupe", services, ...options }: Served,
  broken: () => AbortSignal | undefined = () => undefined,
): Promise<() => Server> {
  if (!Array.isArray(specialists) || specialists.some((one) => Object(one) !== one))
    throw new TroupeError("MCP_INVALID", "What is to be served is no list of specialists", {
      hint: "Write serveMcp({ specialists: [desk] }), a graph as asSpecialist(graph).",
    });
  if (typeof name !== "string")
    throw new TroupeError("OPTION_INVALID", "serveMcp.name is no text", { hint: "Leave it out, or name the server." });
  needs("@modelcontextprotocol/sdk");
  const { Server } = await import("@modelcontextprotocol/sdk/server/index.js");
  const { CallToolRequestSchema, ErrorCode, ListToolsRequestSchema, McpError } = await import("@modelcontextprotocol/sdk/types.js");
  const names = specialists.map((one) => one.name);
  if (names.length === 0 || new Set(names).size < names.length) {
    throw new TroupeError(
      "MCP_INVALID",
      names.length ? "Two specialists to be served have one name" : "There is no specialist to be served",
      { hint: names.length ? "Give each a name of its own." : "Write serveMcp({ specialists: [desk] })." },
    );
  }
  const offered = new Map(specialists.map((one) => [one.name, { app: appOf(one, options), output: one.output }]));
  const tools = specialists.map(toolOf);
  return () => {
    const server = new Server({ name, version: manifest.version }, { capabilities: { tools: {} } });
    server.setRequestHandler(ListToolsRequestSchema, () => ({ tools }));
    server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal: cancelled, sendNotification, _meta }) => {
      const called = offered.get(params.name);
      if (!called) {
        const near = nearest(params.name, names);
        throw new McpError(ErrorCode.InvalidParams, `There is no tool ${params.name}.${near ? ` Did you mean ${near}?` : ""}`);
      }
      const signal = AbortSignal.any([cancelled, broken() ?? cancelled]);
      const token = _meta?.progressToken;
      let done = 0;
      const tell = (message: string) => {
        if (token === undefined) return;
        const params = { progressToken: token, progress: ++done, message };
        // A client that is gone is told nothing; the run is aborted with its request.
        sendNotification({ method: "notifications/progress", params }).catch(() => undefined);
      };
      try {
        const events = called.app.events({ request: params.arguments ?? {} }, { signal, services });
        for (;;) {
          const next = await events.next();
          if (next.done) return await answerOf(called.output, next.value.answer);
          const event = next.value;
          if (event.kind === "progress") tell(`${event.at}: ${event.message}`);
          else if (event.kind === "called" || event.kind === "started") tell(event.at);
        }
      } catch (error) {
        return failureOf(error);
      }
    });
    return server;
  };
}
