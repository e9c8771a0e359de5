import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Failing, Read, Said, Wire } from "./wire.fixture.js";

/** What a server does with one request. */
export type Reply =
  | (Said & { /** Milliseconds before each event. */ readonly slow?: number })
  | Failing
  /** Says nothing; or half of this, and then nothing. */
  | { readonly silent: Said | null }
  /** Half of it, then its socket is destroyed, or closed in good order, or it writes this. */
  | { readonly half: Said; readonly then: "destroy" | "end" | { readonly write: string } }
  | { readonly raw: string; readonly type: string }
  | { readonly movedTo: string };

interface Asked {
  readonly at: number;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly read: Read;
}

export interface Served {
  readonly origin: string;
  readonly asked: Asked[];
  /** One for each request: settles once its connection is closed, or its answer is whole. */
  readonly over: Promise<void>[];
  /** What the next requests get; the last one goes on. */
  replies: (Reply | ((read: Read) => Reply))[];
  close(): void;
}

/** A server of this machine that speaks a provider's wire over HTTP, and refuses what the provider would refuse. */
export async function serve(wire: Wire): Promise<Served> {
  const server = createServer(async (request, response) => {
    served.over.push(new Promise((done) => response.once("close", done)));
    let body = "";
    for await (const part of request) body += part;
    const parsed = JSON.parse(body || "{}");
    const read = wire.path.test(request.url!) ? wire.read(parsed) : { prompt: "", tools: [], wrong: `There is no ${request.url}` };
    served.asked.push({ at: performance.now(), path: request.url!, headers: request.headers, body, read });
    if (read.wrong) return failed(response, wire.invalid(read.wrong));
    const next = served.replies.length > 1 ? served.replies.shift()! : served.replies[0]!;
    await answer(wire, response, typeof next === "function" ? next(read) : next);
  });
  const served: Served = {
    origin: "",
    asked: [],
    over: [],
    replies: [{ text: "Hello there, Ada Lovelace." }],
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return Object.assign(served, { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

function failed(response: ServerResponse, { status, headers, body }: Failing): void {
  if (status === 200) return void response.writeHead(200, { "content-type": "text/event-stream" }).end(body);
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

async function answer(wire: Wire, response: ServerResponse, reply: Reply): Promise<void> {
  if ("status" in reply) return failed(response, reply);
  if ("raw" in reply) return void response.writeHead(200, { "content-type": reply.type }).end(reply.raw);
  if ("movedTo" in reply) return void response.writeHead(307, { location: reply.movedTo }).end();
  if ("silent" in reply && reply.silent === null) return;
  response.writeHead(200, { "content-type": "text/event-stream" });
  const said = "silent" in reply ? reply.silent! : "half" in reply ? reply.half : reply;
  const events = wire.events(said);
  const many = said === reply ? events.length : Math.ceil(events.length / 2);
  for (const event of events.slice(0, many)) {
    response.write(event);
    // In pieces, as it comes over a network.
    await new Promise((done) => ("slow" in reply ? setTimeout(done, reply.slow) : setImmediate(done)));
  }
  if (said === reply) return void response.end();
  if (!("half" in reply)) return;
  if (reply.then === "destroy") {
    // What was written is on its way first.
    await new Promise((done) => setTimeout(done, 20));
    response.destroy();
  } else response.end(reply.then === "end" ? "" : reply.then.write);
}
