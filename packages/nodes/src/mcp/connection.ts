import type { RequestOptions } from "@modelcontextprotocol/sdk/shared/protocol.js";
import { unlessAborted } from "@troupe/core";
import type { z } from "zod";
import { Unsent } from "./child-transport.js";
import { type Asked, connect, disconnect, type Live } from "./connect.js";
import { connectionError } from "./connection-error.js";
import type { McpOptions } from "./mcp.js";

export interface Ask {
  readonly signal?: AbortSignal;
  /** Told how far the work is; `part` is from 0 to 1. */
  progress?(message: string, part?: number): void;
}

/** A client of one server: connected by the first request, and anew by the first after the server went. */
export interface Connection {
  /** What the server answers. A request is sent once; only one that a server refused because it no longer knows the session, or that never left, is sent again. */
  request<S extends z.ZodType>(method: string, params: Record<string, unknown>, answer: S, ask?: Ask): Promise<z.output<S>>;
  /** Whether the server says that it has tools, prompts or resources. */
  has(what: "tools" | "prompts" | "resources", ask?: Ask): Promise<boolean>;
  close(): Promise<void>;
}

/** The longest time a timer takes. */
const longest = 2 ** 31 - 1;

export function connection(options: McpOptions): Connection {
  const { name } = options;
  const timeout = Math.min(options.timeout ?? 60_000, longest);
  const server = serverOf(options, timeout);
  const using = async <T>(ask: Ask, work: (made: Live, one: Asked) => Promise<T>): Promise<T> => {
    ask.signal?.throwIfAborted();
    return waitedFor(await server.reached(ask.signal), work);
  };

  return {
    has: (what, ask = {}) => using(ask, async ({ client }) => client.getServerCapabilities()?.[what] !== undefined),
    request(method, params, answer, ask = {}) {
      const once = (again: boolean): Promise<any> =>
        using(ask, async (made, one) => {
          const { client } = made;
          try {
            return await client.request({ method, params }, answer as any, { timeout, ...listening(one, method, ask) });
          } catch (error) {
            ask.signal?.throwIfAborted();
            if (again && (isSessionLost(error) || error instanceof Unsent)) {
              // Others may be on their way in that session, and be refused as this one was.
              if (made.child) await client.close();
              else made.left = true;
              return once(false);
            }
            if (made.child && made.gone) await made.child.gone;
            throw await connectionError(error, { name, made, asking: method, begun: true });
          }
        });
      return once(true);
    },
    async close() {
      const made = await server.leave();
      if (made) await waitedFor(made, disconnect);
    },
  };
}

/** The server as it is reached: by whoever asks first, and anew once it went. */
function serverOf(options: McpOptions, timeout: number) {
  let live: Promise<Live> | undefined;
  /** Until the server answers. */
  let connecting: Promise<Live> | undefined;
  let closing = new AbortController();
  let waiting = 0;

  const forget = (made: Live) => {
    void live?.then(
      (one) => {
        if (one === made) live = undefined;
      },
      () => undefined,
    );
  };
  const connected = async (): Promise<Live> => {
    if (!live) {
      const begun = connect(options, timeout, closing.signal, forget).finally(() => {
        if (connecting === begun) connecting = undefined;
      });
      live = connecting = begun;
    }
    const trying = live;
    try {
      const made = await trying;
      // To a server that has ended nothing is sent: nobody could say afterwards whether it was done.
      if (made.child?.ended()) await made.child.gone;
      else if (!made.gone && !made.left) return made;
    } catch (error) {
      if (live === trying) live = undefined;
      throw error;
    }
    if (live === trying) live = undefined;
    return connected();
  };
  /** Does not wait for a server that did not answer yet. */
  const giveUp = () => {
    closing.abort();
    closing = new AbortController();
    if (live === connecting) live = undefined;
  };
  return {
    /** The server, as long as somebody waits for it: one that starts keeps Node running. */
    async reached(signal: AbortSignal | undefined): Promise<Live> {
      waiting++;
      try {
        return await unlessAborted(connected(), signal);
      } finally {
        if (--waiting === 0 && signal?.aborted) giveUp();
      }
    },
    /** Gives it up; what is connected is for whoever calls to close. */
    async leave(): Promise<Live | undefined> {
      giveUp();
      const made = await live?.catch(() => undefined);
      live = undefined;
      return made;
    },
  };
}

/** Keeps Node running while a request is on its way, or the server's end. */
async function waitedFor<T>(made: Live, work: (made: Live, one: Asked) => Promise<T>): Promise<T> {
  const one: Asked = { settled: new AbortController() };
  made.asked.add(one);
  made.child?.keepAlive(true);
  try {
    return await work(made, one);
  } finally {
    made.asked.delete(one);
    one.settled.abort();
    if (made.asked.size === 0) made.child?.keepAlive(false);
    if (made.asked.size === 0 && made.left) void made.client.close();
  }
}

/** Tells whoever asks how far it is, and notes that an answer can be taken up again. */
function listening(one: Asked, method: string, { signal, progress: tell }: Ask): RequestOptions {
  return {
    resetTimeoutOnProgress: true,
    onresumptiontoken: (event) => {
      one.event = event;
    },
    ...(signal ? { signal } : {}),
    ...(tell ? { onprogress: ({ progress, total, message }) => tell(message ?? method, part(progress, total)) } : {}),
  };
}

const part = (progress: number, total: number | undefined): number | undefined =>
  total !== undefined && total > 0 ? Math.min(1, Math.max(0, progress / total)) : undefined;

/** Whether a server that was started anew refused a request without looking at it, since it knows no such session. */
const isSessionLost = (error: unknown): boolean => {
  const { name, code, message = "" } = Object(error) as { name?: string; code?: number; message?: string };
  return /Error POSTing/.test(message) && name !== "McpError" && (code === 404 || (code === 400 && /session/i.test(message)));
};
