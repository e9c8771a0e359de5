import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";
import type { GuardedChild } from "../child/guarded-child.js";
import { unrounded } from "./unrounded.js";

/** What the child's input did not take whole: without its end of line it is no message, so that nothing was done of it. */
export class Unsent extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}

/**
 * The protocol over a child's pipes, a message a line. Lines that are no message are passed over, as servers print what they should not;
 * a message of more than `most` bytes ends the child.
 */
export async function childTransport(child: GuardedChild, most: number): Promise<Transport> {
  const { deserializeMessage, serializeMessage } = await import("@modelcontextprotocol/sdk/shared/stdio.js");
  let pieces: Buffer[] = [];
  let size = 0;
  const take = (line: string) => {
    let message: JSONRPCMessage;
    try {
      message = deserializeMessage(unrounded(line));
    } catch {
      return;
    }
    transport.onmessage?.(message);
  };
  const keep = (piece: Buffer) => {
    size += piece.length;
    if (size <= most) return void pieces.push(piece);
    transport.onerror?.(new Error(`a message of more than ${most.toLocaleString("en")} bytes`));
    child.stdout.removeAllListeners("data");
    child.kill();
  };
  const transport: Transport = {
    async start() {
      child.stdout.on("data", (chunk: Buffer) => {
        let from = 0;
        for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
          keep(chunk.subarray(from, at));
          const line = Buffer.concat(pieces).toString("utf8");
          [pieces, size, from] = [[], 0, at + 1];
          take(line);
        }
        if (from < chunk.length) keep(chunk.subarray(from));
      });
      child.gone.then(() => transport.onclose?.());
    },
    send(message) {
      return new Promise((resolve, reject) => {
        child.stdin.write(serializeMessage(message), (error) => (error ? reject(new Unsent(error)) : resolve()));
      });
    },
    async close() {
      child.end();
      await child.gone;
    },
  };
  return transport;
}
