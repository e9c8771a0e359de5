// Model files, their names, and the servers and programs that models come from.
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { refused } from "../alone.mjs";

const u32 = (value) => Buffer.from(Uint32Array.of(value).buffer);
const u64 = (value) => Buffer.from(BigUint64Array.of(BigInt(value)).buffer);
const text = (value) => Buffer.concat([u64(value.length), Buffer.from(value)]);
const magic = [Buffer.from("GGUF"), u32(3)];
const tensor = (numbers, offset = 0) => [text("token_embd.weight"), u32(1), u64(numbers), u32(0), u64(offset)];
const architecture = [text("general.architecture"), u32(8), text("llama")];

const files = {
  "an alignment of nothing": [...magic, u64(1), u64(2), ...architecture, text("general.alignment"), u32(4), u32(0), ...tensor(1_000_000)],
  "a key of 900 MB": [...magic, u64(0), u64(1), u64(900_000_000), Buffer.alloc(64)],
  "a text of 2^60 bytes": [...magic, u64(0), u64(1), text("general.architecture"), u32(8), u64(2n ** 60n)],
  "2^60 keys": [...magic, u64(0), u64(2n ** 60n)],
  "2^60 tensors": [...magic, u64(2n ** 60n), u64(1), ...architecture],
  "a list of 2^40 numbers": [...magic, u64(0), u64(1), text("a"), u32(9), u32(4), u64(2n ** 40n)],
  "lists in lists": [...magic, u64(0), u64(1), text("a"), u32(9), ...Array.from({ length: 20_000 }, () => [u32(9), u64(1)]).flat()],
  "a tensor beyond the file": [...magic, u64(1), u64(1), ...architecture, ...tensor(10, 2n ** 62n)],
  "nothing but its first four letters": [Buffer.from("GGUF")],
};

export default [
  ...Object.entries(files).map(([name, parts], i) => ({
    name: `a GGUF file with ${name}`,
    short: i < 2,
    run: ({ nodes, scratch }) => {
      const path = join(scratch, "model.gguf");
      writeFileSync(path, Buffer.concat(parts));
      return refused(() => nodes.model(`llamacpp:${path}`).load(), ["MODEL_DAMAGED"]);
    },
  })),
  ...["..", ".", "../..", "a/../../b", "/etc", "", "a\0b", "C:\\x", "CON"].map((name, i) => ({
    name: `pull(${JSON.stringify(name)})`,
    short: i === 0,
    run: async ({ nodes, scratch }) => {
      const cache = join(scratch, "outer", "cache");
      mkdirSync(join(cache, "mine"), { recursive: true });
      writeFileSync(join(cache, "mine", "weights.gguf"), "kept");
      const file = join(scratch, "given.gguf");
      writeFileSync(file, Buffer.concat([...magic, u64(0), u64(1), ...architecture]));
      process.env.TROUPE_CACHE = cache;
      const finding = await refused(() => nodes.pull(name, { path: file }), ["MODEL_NAME"]);
      if (!existsSync(join(cache, "mine", "weights.gguf"))) return "the cache was deleted";
      return finding;
    },
  })),
  {
    name: "a key that goes to a server that is not its own",
    short: true,
    run: async ({ nodes }) => {
      process.env.OPENAI_API_KEY = "sk-secret-of-openai";
      const seen = [];
      const server = createServer((request, response) => {
        seen.push(request.headers.authorization);
        response.writeHead(401).end("{}");
      }).listen(0, "127.0.0.1");
      await once(server, "listening");
      try {
        const chat = await nodes.model(`openai:any@http://127.0.0.1:${server.address().port}/v1`).load();
        await chat.invoke("hello").catch(() => {});
      } catch {
        // Refused before anything was sent.
      } finally {
        server.closeAllConnections();
        server.close();
        delete process.env.OPENAI_API_KEY;
      }
      if (seen.some((one) => one?.includes("sk-secret"))) return "the key was sent";
    },
  },
  ...[
    "http://127.evil.example/v1",
    "http://localhost.evil.example/v1",
    "https://user:sk-secret-word@example.org/v1?api_key=sk-secret-word",
  ].map((url) => ({
    name: `a model at ${url}`,
    short: true,
    run: ({ nodes }) => {
      let model;
      try {
        model = nodes.model(`openai:any@${url}`);
      } catch (error) {
        return error.message.includes("sk-secret-word") ? `the error tells the secret: ${error.message}` : undefined;
      }
      if (model.card.local) return "it is taken for this machine";
      if (model.id.includes("sk-secret-word")) return `its id tells the secret: ${model.id}`;
    },
  })),
  {
    name: "Python in a folder with modules of its own",
    seconds: 30,
    run: ({ bin, scratch }) => {
      const mark = join(scratch, "mark");
      const folder = join(scratch, "python");
      mkdirSync(folder);
      const planted = `import os\nopen(${JSON.stringify(mark)}, "a").write(__name__ + " " + os.environ.get("OPENAI_API_KEY", "") + "\\n")\n`;
      for (const name of ["pip", "venv", "ensurepip", "json", "site", "sitecustomize", "usercustomize", "encodings"])
        writeFileSync(join(folder, `${name}.py`), planted);
      const env = { ...process.env, OPENAI_API_KEY: "sk-secret", PYTHONPATH: folder, TROUPE_CACHE: join(scratch, "cache") };
      spawnSync(process.execPath, [bin, "doctor"], { cwd: folder, env, timeout: 90_000 });
      if (existsSync(mark)) return "a module of the folder was run";
    },
  },
];
