import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** A way to a server that hands everything on, and keeps what was sent. */
export interface Heard {
  readonly url: string;
  /** The JSON of each request to a path. */
  sent(path: string): readonly any[];
  close(): Promise<void>;
}

export async function heardOn(url: string): Promise<Heard> {
  const bodies: { path: string; body: Buffer }[] = [];
  const server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    const onward = request(`${url}${incoming.url}`, { method: incoming.method!, headers: incoming.headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    response.on("close", () => onward.destroy());
    incoming.on("data", (part) => parts.push(part));
    incoming.on("end", () => bodies.push({ path: incoming.url!, body: Buffer.concat(parts) }));
    incoming.pipe(onward);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent: (path) => bodies.filter((one) => one.path === path).map(({ body }) => JSON.parse(String(body))),
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
