import dns from "node:dns";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { openMedia } from "./open-media.js";

type Answer = (request: IncomingMessage, answer: ServerResponse) => void;
const servers: Server[] = [];
const asked: string[] = [];

/** A server on the loopback address; gives its port. */
async function serve(answer: Answer): Promise<number> {
  const server = createServer((request, response) => {
    asked.push(request.url!);
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return (server.address() as AddressInfo).port;
}

let text: number;
beforeAll(async () => {
  text = await serve((_, answer) => answer.end("some text"));
});
afterEach(() => {
  asked.splice(0);
  vi.restoreAllMocks();
});
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

const open = (url: string, options: object = {}) => openMedia("file", url, options as any);
const here = { trust: { hosts: ["localhost"] } };

test.each([
  "127.0.0.1",
  "127.1",
  "2130706433",
  "0x7f.0.0.1",
  "0177.0.0.1",
  "0",
  "0.0.0.0",
  "[::1]",
  "[::]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[::127.0.0.1]",
  "[64:ff9b::7f00:1]",
  "[2002:7f00:1::]",
  "localhost",
  "localhost.",
  "LOCALHOST",
  "127.0.0.1.",
])("the host %s is this machine's and is not asked", async (host) => {
  const error = await open(`http://${host}:${text}/a`).catch((error) => error);
  // Not every resolver knows a name with a dot behind it.
  const code = host === "localhost." ? expect.stringMatching(/UNTRUSTED|UNREACHABLE/) : "MEDIA_UNTRUSTED";
  expect(error).toMatchObject({ code, hint: expect.any(String) });
  expect(asked).toEqual([]);
});

test.each([
  "10.1.2.3",
  "100.64.0.1",
  "169.254.169.254",
  "172.31.0.1",
  "192.168.1.1",
  "192.0.0.1",
  "198.18.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "[fe80::1]",
  "[fec0::1]",
  "[fd00:ec2::254]",
  "[ff02::1]",
  "[::ffff:169.254.169.254]",
  "[2001:db8::1]",
])("the address %s is no public one and is not asked", async (host) => {
  await expect(open(`http://${host}/`)).rejects.toMatchObject({ code: "MEDIA_UNTRUSTED" });
});

test("what a name stands for is looked up once, and that address is checked and connected to", async () => {
  const lookup = vi.spyOn(dns, "lookup");
  const answers = (...addresses: string[]) =>
    lookup.mockImplementation(((_: string, options: any, done: any) => {
      const all = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
      if (options.all) done(null, all);
      else done(null, all[0]!.address, all[0]!.family);
    }) as any);
  for (const addresses of [["127.0.0.1"], ["::1"], ["::ffff:127.0.0.1"], ["169.254.169.254", "127.0.0.1"], ["0.0.0.0"]]) {
    answers(...addresses);
    await expect(open(`http://files.example.org:${text}/`)).rejects.toMatchObject({ code: "MEDIA_UNTRUSTED" });
  }
  expect(asked).toEqual([]);
  lookup.mockClear();
  answers("127.0.0.1");
  await open(`http://files.example.org:${text}/`, { trust: { hosts: ["*.example.org"] } });
  expect(asked).toEqual(["/"]);
  expect(lookup).toHaveBeenCalledTimes(1);
});

test("hosts are trusted by name, by port and below a name, and nothing else is", async () => {
  const fetched = (hosts: string[]) =>
    open(`http://localhost:${text}/`, { trust: { hosts } }).then(
      () => true,
      (error) => error.code,
    );
  for (const hosts of [["localhost"], ["LocalHost"], [`localhost:${text}`], ["example.org", "localhost"]])
    expect(await fetched(hosts)).toBe(true);
  for (const hosts of [[], ["*"], ["localhost:1"], ["*.localhost"], ["127.0.0.1"], ["ocalhost"], ["local"], ["*.org"]])
    expect(await fetched(hosts), hosts.join()).toBe("MEDIA_UNTRUSTED");
});

test("every redirect is checked like the first address, and there are few", async () => {
  const to = new Map<string, string>([
    ["/loop", "/loop"],
    ["/numbers", `http://127.0.0.1:${text}/inside`],
    ["/metadata", "http://169.254.169.254/latest/meta-data/"],
    ["/file", "file:///etc/passwd"],
    ["/data", "data:,text"],
    ["/nowhere", "http://["],
    ["/relative", "/text"],
    ["/text", ""],
  ]);
  const port = await serve((request, answer) => {
    const location = to.get(request.url!);
    if (location) answer.writeHead(302, { location }).end();
    else answer.end("some text");
  });
  for (const path of ["numbers", "metadata", "file", "data", "nowhere"])
    await expect(open(`http://localhost:${port}/${path}`, here), path).rejects.toMatchObject({
      code: expect.stringMatching(["numbers", "metadata"].includes(path) ? /MEDIA_UNTRUSTED/ : /MEDIA_UNREACHABLE/),
    });
  expect(asked).not.toContain("/inside");
  await expect(open(`http://localhost:${port}/loop`, here)).rejects.toMatchObject({ code: "MEDIA_UNREACHABLE" });
  expect((await open(`http://localhost:${port}/relative`, here)).type).toBe("text/plain");
});

test("a body without an end, or that comes too slowly, crosses a limit, and the connection is closed", async () => {
  const closed: Promise<void>[] = [];
  const port = await serve((request, answer) => {
    closed.push(new Promise((done) => answer.on("close", done)));
    if (request.url === "/told") answer.writeHead(200, { "content-length": "700000000" }).write("x");
    else if (request.url === "/stalled") answer.write("x");
    else if (request.url === "/endless") {
      const more = () => void (answer.destroyed || answer.write("x".repeat(65_536), () => setImmediate(more)));
      more();
    }
  });
  const crossing = (limit: string) => ({ code: "LIMIT_CROSSED", what: expect.stringContaining(`limits.${limit}`) });
  await expect(open(`http://localhost:${port}/told`, here)).rejects.toMatchObject(crossing("mediaBytes"));
  await expect(open(`http://localhost:${port}/endless`, { ...here, limits: { mediaBytes: 1e6 } })).rejects.toMatchObject(
    crossing("mediaBytes"),
  );
  for (const path of ["stalled", "silent"])
    await expect(open(`http://localhost:${port}/${path}`, { ...here, limits: { fetchMs: 500 } })).rejects.toMatchObject(
      crossing("fetchMs"),
    );
  await Promise.all(closed);
  expect(closed).toHaveLength(4);
});

test("a packed answer is refused, and not unpacked without a limit", async () => {
  const port = await serve((_, answer) => answer.writeHead(200, { "content-encoding": "gzip" }).end("x"));
  await expect(open(`http://localhost:${port}/`, here)).rejects.toMatchObject({ code: "MEDIA_UNREACHABLE" });
});

test.each([
  ["goes over to another protocol", "101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n"],
  ["sends a part only", "206 Partial Content\r\ncontent-range: bytes 0-3/9\r\ncontent-length: 4\r\n\r\nsome"],
  ["sends less than it said", "200 OK\r\ncontent-length: 9\r\n\r\nsome"],
  ["ends without an answer", ""],
])("a server that %s gave nothing", async (_, answer) => {
  const port = await serve(({ socket }) => socket.end(answer ? `HTTP/1.1 ${answer}` : ""));
  await expect(open(`http://localhost:${port}/`, here)).rejects.toMatchObject({ code: "MEDIA_UNREACHABLE" });
});
