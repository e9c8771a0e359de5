import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { limitsOf, TroupeError } from "@troupe/core";
import { messageBytes } from "../message-bytes.js";
import { unrounded } from "../unrounded.js";
import type { ServedMcp } from "./serve-mcp.js";
import { type Served, serverOf } from "./server-of.js";

export interface ServeMcpHttpOptions extends Served {
  /** Default: one that is free. */
  readonly port?: number;
}

/** Sessions at once; of those in which nothing runs, the one that was silent longest gives way to a new one. */
const mostSessions = 100;

/**
 * `serveMcp` over HTTP, on this machine's own address only: requests that name another host, and pages of other origins, are refused.
 * A run is aborted where the connection breaks over which it was asked for; others of that client go on. Without `trust`, clients can name no files.
 *
 * @throws TroupeError `MCP_INVALID`, `SPECIALIST_INVALID`, `OPTION_INVALID`, `PACKAGE_MISSING`, `PORT_REFUSED`
 * @example
 * const { url } = await serveMcpHttp({ specialists: [desk], port: 3000 });
 */
export async function serveMcpHttp(options: ServeMcpHttpOptions): Promise<ServedMcp & { readonly url: string }> {
  const { port = 0, trust = { folders: [] }, ...served } = { ...options };
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new TroupeError("OPTION_INVALID", "serveMcpHttp.port is no port", {
      hint: "Give a number from 1 to 65535, or 0 for one that is free.",
    });
  /** Aborted once the connection breaks over which a message came. */
  const broken = new AsyncLocalStorage<AbortSignal>();
  const make = await serverOf({ ...served, trust }, () => broken.getStore());
  const { StreamableHTTPServerTransport } = await import("@modelcontextprotocol/sdk/server/streamableHttp.js");
  const most = messageBytes(limitsOf(served.limits));
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  /** Requests of a session that are not answered yet, where there are some. */
  const waiting = new Map<StreamableHTTPServerTransport, number>();
  const wait = (transport: StreamableHTTPServerTransport, more: 1 | -1) => {
    const now = (waiting.get(transport) ?? 0) + more;
    if (now > 0) waiting.set(transport, now);
    else waiting.delete(transport);
  };
  const http = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  const taken = await listening(http, port);
  const hosts = ["127.0.0.1", "localhost"].map((name) => `${name}:${taken}`);

  const begin = async (): Promise<StreamableHTTPServerTransport> => {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      maxRequestBodySize: most,
      onsessioninitialized: (id) => {
        sessions.set(id, transport);
        const idle = [...sessions.values()].find((one) => !waiting.has(one));
        if (sessions.size > mostSessions) void idle?.close();
      },
    });
    const server = make();
    server.onclose = () => {
      sessions.delete(transport.sessionId ?? "");
    };
    await server.connect(transport as Parameters<typeof server.connect>[0]);
    return transport;
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // Before anything of it is read.
    if (!isOwn(request, hosts)) return void response.writeHead(403, { connection: "close" }).end();
    if (!/^\/mcp(\?|$)/.test(request.url ?? "")) return void response.writeHead(404).end();
    const id = request.headers["mcp-session-id"];
    const known = typeof id === "string" ? sessions.get(id) : undefined;
    if (id !== undefined && !known) return void response.writeHead(404).end();
    const transport = known ?? (await begin());
    if (known) {
      sessions.delete(id as string);
      sessions.set(id as string, known);
    }
    const breaks = new AbortController();
    if (request.method === "POST") {
      wait(transport, 1);
      response.once("close", () => {
        wait(transport, -1);
        if (!response.writableFinished) breaks.abort();
      });
    }
    const body = request.method === "POST" ? await exactBody(request, most) : undefined;
    if (body === tooLarge) return void response.writeHead(413, { connection: "close" }).end();
    await broken.run(breaks.signal, () => transport.handleRequest(request, response, body));
    if (!transport.sessionId) await transport.close();
  };

  const closed = once(http, "close").then(() => undefined);
  return {
    url: `http://${hosts[0]}/mcp`,
    closed,
    async close() {
      await Promise.all([...sessions.values()].map((one) => one.close()));
      http.close();
      http.closeAllConnections();
      await closed;
    },
  };
}

/** Whether it comes from this machine: a page may be led here by another name, and any page may send what is answered to none. */
const isOwn = ({ headers: { host = "", origin } }: IncomingMessage, hosts: readonly string[]): boolean =>
  hosts.includes(host) && (origin === undefined || hosts.some((own) => origin === `http://${own}`));

/** The port that a server listens on. @throws TroupeError `PORT_REFUSED` */
async function listening(http: Server, port: number): Promise<number> {
  http.listen(port, "127.0.0.1");
  await once(http, "listening").catch((cause) => {
    throw new TroupeError("PORT_REFUSED", `No server can listen on port ${port} of this machine: ${cause.message}`, {
      hint: "Another program may have it: take another port, or 0 for one that is free.",
      cause,
    });
  });
  return (http.address() as AddressInfo).port;
}

const tooLarge = Symbol("too large");

/** The message that a request brings, in which no number is rounded. What is no JSON is none, for the transport to refuse. */
async function exactBody(request: IncomingMessage, most: number): Promise<unknown> {
  const pieces: Buffer[] = [];
  let size = 0;
  // What is left unread is not destroyed, with the connection over which that is said.
  for await (const piece of request.iterator({ destroyOnReturn: false })) {
    size += piece.length;
    if (size > most) return tooLarge;
    pieces.push(piece);
  }
  try {
    return JSON.parse(unrounded(Buffer.concat(pieces).toString("utf8")));
  } catch {
    return {};
  }
}
