// What a run's input and a model's output may make the program open.
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { deflateSync } from "node:zlib";
import { z } from "zod";
import { refused } from "../alone.mjs";

/** A graph that reads a file and tells its text. */
const reader = (core) => {
  const read = core.specialist({
    name: "read",
    does: "Reads",
    input: z.object({ file: core.media.file() }),
    output: z.object({ text: z.string() }),
    run: async ({ file }) => ({ text: (await import("node:fs")).readFileSync(file.path, "utf8").slice(0, 200) }),
  });
  return core.defineGraph({
    name: "g",
    state: { file: core.media.file(), text: z.string() },
    input: ["file"],
    output: ["text"],
    nodes: { read },
    start: "read",
    edges: { read: core.END },
  });
};

async function served(answer, work) {
  const seen = [];
  const server = createServer((request, response) => {
    seen.push(request.url);
    answer(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await work(`http://127.0.0.1:${server.address().port}`, seen);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Folders apart: what a run may open, and what lies outside of it. */
function place(scratch, name) {
  const inside = join(scratch, name, "inside");
  const outside = join(scratch, name, "outside");
  for (const one of [inside, outside]) mkdirSync(one, { recursive: true });
  const secret = join(outside, "secret.txt");
  writeFileSync(secret, "the secret");
  return { inside, outside, secret };
}

const paths = {
  "a path outside": ({ secret }) => secret,
  "a file URL outside": ({ secret }) => pathToFileURL(secret).href,
  "a path that climbs": ({ inside }) => `${inside}/../outside/secret.txt`,
  "a link that leads outside": ({ inside, secret }) => {
    const link = join(inside, "link.txt");
    symlinkSync(secret, link);
    return link;
  },
};

const internal = ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "[::ffff:127.0.0.1]", "2130706433", "127.1", "0x7f.1"];

export default [
  ...Object.entries(paths).map(([name, source]) => ({
    name,
    short: name === "a path outside",
    run: ({ core, scratch }) => {
      const where = place(scratch, name.replace(/\W/g, "-"));
      return refused(() => core.compile(reader(core), { trust: { folders: [where.inside] } }).invoke({ file: source(where) }));
    },
  })),
  ...internal.map((host, i) => ({
    name: `a server at ${host}`,
    short: i === 0,
    run: ({ core }) =>
      served(
        (_, response) => response.end("internal"),
        async (url, seen) => {
          const address = url.replace("127.0.0.1", host);
          const finding = await refused(() => core.compile(reader(core), { trust: { folders: [] } }).invoke({ file: `${address}/x.txt` }));
          return seen.length ? `it was asked for ${seen}` : finding;
        },
      ),
  })),
  {
    name: "a redirect to a server inside",
    run: ({ core }) =>
      served(
        (_, response) => response.end("internal"),
        (hidden, seen) =>
          served(
            (_, response) => response.writeHead(302, { location: hidden }).end(),
            async (open) => {
              const { host } = new URL(open);
              const finding = await refused(() =>
                core.compile(reader(core), { trust: { hosts: [host] } }).invoke({ file: `${open}/x.txt` }),
              );
              return seen.length ? "the redirect was followed" : finding;
            },
          ),
      ),
  },
  {
    name: "a redirect to no address",
    run: ({ core }) =>
      served(
        (_, response) => response.writeHead(302, { location: "http://[" }).end(),
        (url) =>
          refused(
            () => core.compile(reader(core), { trust: { hosts: [new URL(url).host] } }).invoke({ file: `${url}/x.txt` }),
            ["MEDIA_UNREACHABLE"],
          ),
      ),
  },
  {
    name: "a body without end",
    short: true,
    run: ({ core }) =>
      served(
        (_, response) => {
          const more = () => {
            if (response.destroyed) return;
            response.write(Buffer.alloc(1_000_000));
            setTimeout(more, 1);
          };
          more();
        },
        (url) =>
          refused(
            () =>
              core
                .compile(reader(core), { trust: { hosts: [new URL(url).host] }, limits: { mediaBytes: 5_000_000 } })
                .invoke({ file: `${url}/x.bin` }),
            ["LIMIT_CROSSED"],
          ),
      ),
  },
  {
    name: "a body that stalls",
    run: ({ core }) =>
      served(
        (_, response) => response.write("a"),
        (url) =>
          refused(
            () =>
              core
                .compile(reader(core), { trust: { hosts: [new URL(url).host] }, limits: { fetchMs: 500 } })
                .invoke({ file: `${url}/x.txt` }),
            ["LIMIT_CROSSED"],
          ),
      ),
  },
  {
    name: "a medium that a model made up",
    short: true,
    run: async ({ core, scratch }) => {
      const { inside, secret } = place(scratch, "forged");
      const { createHash } = await import("node:crypto");
      const hash = `sha256:${createHash("sha256").update("the secret").digest("hex")}`;
      const forge = core.specialist({
        name: "forge",
        does: "Says what a model might",
        input: z.object({ ask: z.string() }),
        output: z.object({ file: core.media.file() }),
        run: () => ({ file: { path: secret, type: "text/plain", hash } }),
      });
      const read = reader(core).nodes.read;
      const graph = core.defineGraph({
        name: "g",
        state: { ask: z.string(), file: core.media.file(), text: z.string() },
        input: ["ask"],
        output: ["text"],
        nodes: { forge, read },
        start: "forge",
        edges: { forge: "read", read: core.END },
      });
      return refused(() => core.compile(graph, { trust: { folders: [inside] } }).invoke({ ask: "?" }));
    },
  },
  {
    name: "a page of 30,000 pixels squared",
    short: true,
    run: async ({ core, nodes, scratch }) => {
      const file = join(scratch, "huge.png");
      writeFileSync(file, png(30_000, 30_000));
      const state = { page: core.media.page(), text: z.string(), confidence: z.number() };
      const graph = core.defineGraph({
        name: "g",
        state,
        input: ["page"],
        output: ["text"],
        nodes: { readPage: nodes.readPage },
        start: "readPage",
        edges: { readPage: core.END },
      });
      return refused(() => core.compile(graph, { trust: { folders: [scratch] } }).invoke({ page: file }), ["LIMIT_CROSSED"]);
    },
  },
  {
    name: "folders left behind",
    run: async ({ core, scratch }) => {
      const before = new Set(readdirSync(tmpdir()).filter((name) => name.startsWith("troupe-media")));
      await core.compile(reader(core), { trust: { folders: [scratch] } }).invoke({ file: Buffer.from("some bytes") });
      await new Promise((resolve) => setTimeout(resolve, 200));
      const left = readdirSync(tmpdir()).filter(
        (name) => name.startsWith("troupe-media") && !before.has(name) && existsSync(join(tmpdir(), name)),
      );
      if (left.length) return `${left}`;
    },
  },
];

/** A PNG of one colour: a few kB that would be gigabytes. */
function png(width, height) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.alloc((width / 8 + 1) * 1000))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function crc(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let i = 0; i < 8; i++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}
