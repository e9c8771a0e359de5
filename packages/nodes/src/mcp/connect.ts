import { setTimeout } from "node:timers/promises";
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { limitsOf, TroupeError, unlessAborted } from "@troupe/core";
import manifest from "../../package.json" with { type: "json" };
import { type GuardedChild, guardedChild } from "../child/guarded-child.js";
import { needs } from "../peer.js";
import { boundedFetch } from "./bounded-fetch.js";
import { childTransport } from "./child-transport.js";
import { connectionError } from "./connection-error.js";
import type { McpOptions } from "./mcp.js";
import { messageBytes } from "./message-bytes.js";

/** A request on its way. */
export interface Asked {
  /** The last event of its answer's stream, behind which that can be taken up again where it is cut. */
  event?: string;
  /** Aborted once nobody waits for its answer. */
  readonly settled: AbortController;
}

/** A client while its server is there. */
export interface Live {
  readonly client: Client;
  readonly child?: GuardedChild;
  /** Set once the server went. */
  gone?: true;
  /** Set where it is asked nothing more, and closed once what it was asked is settled. */
  left?: true;
  /** What went wrong on the way, last. */
  failed?: Error;
  readonly asked: Set<Asked>;
  /** Tells a server over HTTP that its session is over. */
  endSession?: () => Promise<void>;
}

/** Milliseconds that a server is given to hear that its session is over. */
const farewellMs = 2000;

/** Ends a connection, of which a server over HTTP is told; whether it hears of it or not. */
export async function disconnect({ client, gone, endSession }: Live): Promise<void> {
  if (!gone && endSession) await Promise.race([endSession().catch(() => undefined), setTimeout(farewellMs, undefined, { ref: false })]);
  await client.close();
}

/**
 * Connects to a server, unless it is closed before it answers; tells `forget` once it went.
 * @throws TroupeError `MCP_UNREACHABLE`, `MCP_TIMEOUT`
 */
export async function connect(options: McpOptions, timeout: number, closing: AbortSignal, forget: (made: Live) => void): Promise<Live> {
  needs("@modelcontextprotocol/sdk");
  const { Client } = await import("@modelcontextprotocol/sdk/client/index.js");
  const client = new Client({ name: "troupe", version: manifest.version });
  const most = messageBytes(limitsOf(options.limits));
  const child = "command" in options ? guardedChild(options) : undefined;
  const made: Live = { client, asked: new Set(), ...(child ? { child } : {}) };
  client.onerror = (error) => {
    made.failed = error;
    if (/Maximum reconnection attempts|Failed to reconnect/.test(error.message)) void client.close();
  };
  client.onclose = () => {
    made.gone = true;
    forget(made);
  };
  try {
    const transport = child ? await childTransport(child, most) : await httpTransport(options, most, made);
    await unlessAborted(client.connect(transport, { timeout }), closing);
    return made;
  } catch (error) {
    child?.kill();
    void disconnect(made);
    if (closing.aborted) {
      const hint = "Close it once its answers are there, or ask it again.";
      throw new TroupeError("MCP_UNREACHABLE", `The MCP server ${options.name} was closed before it answered`, { hint });
    }
    throw await connectionError(error, { name: options.name, made, asking: "initialize", begun: false });
  }
}

async function httpTransport(options: McpOptions, most: number, made: Live): Promise<Transport> {
  const { StreamableHTTPClientTransport } = await import("@modelcontextprotocol/sdk/client/streamableHttp.js");
  const { ErrorCode } = await import("@modelcontextprotocol/sdk/types.js");
  const { url, headers } = options as Extract<McpOptions, { url: unknown }>;
  const unanswered = new Map<unknown, AbortController>();
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    fetch: boundedFetch({
      most,
      unanswered,
      // The protocol's library knows no other way to fail one request.
      lost: (id, why) =>
        transport.onmessage?.({
          jsonrpc: "2.0",
          id: id as number,
          error: { code: ErrorCode.ConnectionClosed, message: why.message, data: why },
        }),
      resumed: (event) => [...made.asked].find((one) => event !== null && one.event === event)?.settled.signal,
    }),
    requestInit: { headers: { ...headers } },
  });
  made.endSession = () => transport.terminateSession();
  transport.onmessage = (message) => {
    if (!("method" in message)) unanswered.delete(Number(message.id));
  };
  return transport as Transport;
}
