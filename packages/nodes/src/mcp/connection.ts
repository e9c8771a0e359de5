import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import type { RequestOptions } from "@modelcontextprotocol/sdk/shared/protocol.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { limitsOf } from "@troupe/core";
import type { z } from "zod";
import manifest from "../../package.json" with { type: "json" };
import { type GuardedChild, guardedChild } from "../child/guarded-child.js";
import { needs } from "../peer.js";
import { boundedFetch } from "./bounded-fetch.js";
import { childTransport } from "./child-transport.js";
import { connectionError } from "./connection-error.js";
import type { McpOptions } from "./mcp.js";
import { messageBytes } from "./message-bytes.js";

export interface Ask {
  readonly signal?: AbortSignal;
  /** Told how far the work is; `part` is from 0 to 1. */
  progress?(message: string, part?: number): void;
}

/** A client of one server: connected by the first request, and anew by the first after the server went. */
export interface Connection {
  /** What the server answers. A request is sent once; only one that a server refused because it no longer knows the session is sent again. */
  request<S extends z.ZodType>(method: string, params: Record<string, unknown>, answer: S, ask?: Ask): Promise<z.output<S>>;
  /** Whether the server says that it has tools, prompts or resources. */
  has(what: "tools" | "prompts" | "resources", ask?: Ask): Promise<boolean>;
  close(): Promise<void>;
}

interface Live {
  readonly client: Client;
  readonly child?: GuardedChild;
  /** Set once the server went. */
  gone?: true;
  /** What went wrong on the way, last. */
  failed?: Error;
  /** Requests on their way, and whether their answer's stream can be taken up again where it is cut. */
  readonly asked: Set<{ resumable: boolean }>;
}

/** The longest time a timer takes. */
const longest = 2 ** 31 - 1;

export function connection(options: McpOptions): Connection {
  const { name, timeout = 60_000 } = options;
  let live: Promise<Live> | undefined;

  const connect = async (): Promise<Live> => {
    needs("@modelcontextprotocol/sdk");
    const { Client } = await import("@modelcontextprotocol/sdk/client/index.js");
    const client = new Client({ name: "troupe", version: manifest.version });
    const most = messageBytes(limitsOf(options.limits));
    const child = "command" in options ? guardedChild(options) : undefined;
    const made: Live = { client, asked: new Set(), ...(child ? { child } : {}) };
    client.onerror = (error) => {
      made.failed = error;
      const cut = /SSE stream disconnected/.test(error.message) && [...made.asked].some(({ resumable }) => !resumable);
      if (cut || /Maximum reconnection attempts|Failed to reconnect/.test(error.message)) void client.close();
    };
    client.onclose = () => {
      made.gone = true;
      forget(made);
    };
    try {
      await client.connect(child ? await childTransport(child, most) : await httpTransport(options, most), {
        timeout: Math.min(timeout, longest),
      });
      return made;
    } catch (error) {
      child?.kill();
      throw await connectionError(error, { name, made, asking: "initialize", begun: false });
    }
  };
  const forget = (made: Live) => {
    void live?.then(
      (one) => {
        if (one === made) live = undefined;
      },
      () => undefined,
    );
  };
  const connected = async (): Promise<Live> => {
    const trying = (live ??= connect());
    try {
      const made = await trying;
      if (!made.gone) return made;
    } catch (error) {
      if (live === trying) live = undefined;
      throw error;
    }
    if (live === trying) live = undefined;
    return connected();
  };
  /** Keeps Node running while a request is on its way. */
  const using = async <T>(ask: Ask, work: (made: Live, one: { resumable: boolean }) => Promise<T>): Promise<T> => {
    ask.signal?.throwIfAborted();
    const made = await unless(ask.signal, connected());
    const one = { resumable: false };
    made.asked.add(one);
    made.child?.keepAlive(true);
    try {
      return await work(made, one);
    } finally {
      made.asked.delete(one);
      if (made.asked.size === 0) made.child?.keepAlive(false);
    }
  };

  return {
    has: (what, ask = {}) => using(ask, async ({ client }) => client.getServerCapabilities()?.[what] !== undefined),
    request(method, params, answer, ask = {}) {
      const once = (again: boolean): Promise<any> =>
        using(ask, async (made, one) => {
          const settings: RequestOptions = {
            timeout: Math.min(timeout, longest),
            resetTimeoutOnProgress: true,
            onresumptiontoken: () => {
              one.resumable = true;
            },
            ...(ask.signal ? { signal: ask.signal } : {}),
            ...(ask.progress
              ? { onprogress: ({ progress, total, message }) => ask.progress!(message ?? method, part(progress, total)) }
              : {}),
          };
          const { client } = made;
          try {
            return await client.request({ method, params }, answer as any, settings);
          } catch (error) {
            ask.signal?.throwIfAborted();
            if (again && isSessionLost(error)) {
              await client.close();
              return once(false);
            }
            if (made.child && made.gone) await made.child.gone;
            throw await connectionError(error, { name, made, asking: method, begun: true });
          }
        });
      return once(true);
    },
    async close() {
      const made = await live?.catch(() => undefined);
      live = undefined;
      await made?.client.close();
    },
  };
}

async function httpTransport(options: McpOptions, most: number): Promise<Transport> {
  const { StreamableHTTPClientTransport } = await import("@modelcontextprotocol/sdk/client/streamableHttp.js");
  const { url, headers } = options as Extract<McpOptions, { url: unknown }>;
  return new StreamableHTTPClientTransport(new URL(url), {
    fetch: boundedFetch(most),
    requestInit: { headers: { ...headers } },
  }) as Transport;
}

const part = (progress: number, total: number | undefined): number | undefined =>
  total !== undefined && total > 0 ? Math.min(1, Math.max(0, progress / total)) : undefined;

/** Whether a server that was started anew refused a request without looking at it, since it knows no such session. */
const isSessionLost = (error: unknown): boolean => {
  const { name, code, message = "" } = Object(error) as { name?: string; code?: number; message?: string };
  return /Error POSTing/.test(message) && name !== "McpError" && (code === 404 || (code === 400 && /session/i.test(message)));
};

function unless<T>(signal: AbortSignal | undefined, promise: Promise<T>): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const aborted = () => reject(signal.reason);
    signal.addEventListener("abort", aborted, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", aborted));
  });
}
