import type { Readable, Writable } from "node:stream";
import { limitsOf, TroupeError } from "@troupe/core";
import { messageBytes } from "../message-bytes.js";
import { exactLines } from "./exact-lines.js";
import { type Served, serverOf } from "./server-of.js";

export interface ServeMcpOptions extends Served {
  /** Where messages come from and go to. Default: this process's own input and output, on which nothing else may be written then. */
  readonly pipes?: { readonly input: Readable; readonly output: Writable };
}

/** A server that is listening. */
export interface ServedMcp {
  /** Settles when it is over: the client closed its pipe, or `close` was called. */
  readonly closed: Promise<void>;
  /** Aborts what runs, and listens no more. */
  close(): Promise<void>;
}

/**
 * Offers specialists to a client of the Model Context Protocol over pipes, each as a tool with its schemas: the tool's answer is what the
 * specialist gives, with the bytes of its media; its failure is the error's code and message. A client's cancellation aborts the run, and
 * what happens in it is told as progress where the client asks for that. Paths and addresses that a client names are data, held to
 * `trust`: without one, files of the working directory. Needs the package `@modelcontextprotocol/sdk`.
 *
 * @throws TroupeError `MCP_INVALID` where there is no specialist, or two have one name; `SPECIALIST_INVALID`, `OPTION_INVALID`, `PACKAGE_MISSING`
 * @example
 * await serveMcp({ specialists: [desk], models: defaultModels() });
 */
export async function serveMcp(options: ServeMcpOptions): Promise<ServedMcp> {
  const { pipes, ...served } = { ...options };
  if (pipes !== undefined && ![pipes?.input, pipes?.output].every((pipe) => typeof Object(pipe).once === "function"))
    throw new TroupeError("OPTION_INVALID", "serveMcp.pipes are none", { hint: "Give streams of Node's: { input, output }." });
  const server = (await serverOf(served))();
  const { StdioServerTransport } = await import("@modelcontextprotocol/sdk/server/stdio.js");
  const { input, output } = pipes ?? { input: process.stdin, output: process.stdout };
  const most = messageBytes(limitsOf(served.limits));
  const lines = exactLines(most);
  const closed = new Promise<void>((resolve) => {
    server.onclose = () => {
      // What nobody reads any more keeps no program running.
      input.unpipe(lines);
      resolve();
    };
  });
  for (const end of ["end", "close", "error"]) input.once(end, () => void server.close());
  output.once("error", () => void server.close());
  await server.connect(new StdioServerTransport(input.pipe(lines), output, { maxBufferSize: most }));
  return { closed, close: () => server.close() };
}
