import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { pythonEngine } from "./engine.js";
import { pythonEnvironment } from "./environment.js";

const module = `
import os, sys, time
from engine import Refused

def answer(request, progress):
    print("chatter on standard output")
    does = request.get("does")
    if does == "wait":
        open(request["file"], "w").write(str(os.getpid()))
        time.sleep(600)
    if does == "refuse":
        raise Refused("TOO_ODD", "odd numbers are not served")
    if does == "fail":
        return 1 / 0
    if does == "die":
        sys.stderr.write("the last words\\n")
        os.kill(os.getpid(), 9)
    if does == "nan":
        progress(float("nan"))
        return {"mean": float("nan")}
    if does == "exit":
        sys.exit("enough")
    for i in range(request.get("steps", 0)):
        progress((i + 1) / request["steps"])
    return {"pid": os.getpid(), "said": request.get("say")}
`;

const noHash = `--hash=sha256:${"0".repeat(64)}`;

let dir: string;
let cache: string | undefined;
const engines: ReturnType<typeof pythonEngine>[] = [];
const engine = () => {
  const made = pythonEngine("echo", dir);
  engines.push(made);
  return made;
};

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "troupe-python-"));
  cache = process.env.TROUPE_CACHE;
  process.env.TROUPE_CACHE = join(dir, "cache");
  await writeFile(join(dir, "echo.py"), module);
  await writeFile(join(dir, "echo.requirements.txt"), "");
  await pythonEnvironment("echo", "");
});
afterEach(async () => {
  await Promise.all(engines.splice(0).map((one) => one.close()));
});
afterAll(async () => {
  if (cache === undefined) delete process.env.TROUPE_CACHE;
  else process.env.TROUPE_CACHE = cache;
  await rm(dir, { recursive: true, force: true });
});

describe("pythonEngine", () => {
  it("answers requests in order from one child process, whatever the module prints", async () => {
    const { ask } = engine();
    const parts: (number | undefined)[] = [];
    const answers = (await Promise.all([
      ask({ say: "Grüße ✓", steps: 2 }, { progress: (_, part) => parts.push(part) }),
      ask({ say: "two" }),
      ask({ say: "three" }),
    ])) as { pid: number; said: string }[];
    expect(answers.map((a) => a.said)).toEqual(["Grüße ✓", "two", "three"]);
    expect(new Set(answers.map((a) => a.pid)).size).toBe(1);
    expect(parts).toEqual([0.5, 1]);
  });

  it("passes on a refusal, tells a failure with Python's trace, and serves on", async () => {
    const { ask } = engine();
    const { pid } = (await ask({})) as { pid: number };
    await expect(ask({ does: "refuse" })).rejects.toMatchObject({ code: "TOO_ODD", what: "odd numbers are not served" });
    await expect(ask({ does: "fail" })).rejects.toMatchObject({
      code: "ENGINE_FAILED",
      what: expect.stringContaining("ZeroDivisionError: division by zero"),
      detail: { text: expect.stringContaining("echo.py") },
    });
    expect(await ask({})).toMatchObject({ pid });
  });

  it("says so of an answer that is no JSON and of a module that exits, and serves on", async () => {
    const { ask } = engine();
    const { pid } = (await ask({})) as { pid: number };
    await expect(ask({ does: "nan" })).rejects.toMatchObject({ code: "ENGINE_FAILED", what: expect.stringContaining("JSON compliant") });
    await expect(ask({ does: "exit" })).rejects.toMatchObject({ code: "ENGINE_FAILED", what: expect.stringContaining("enough") });
    expect(await ask({})).toMatchObject({ pid });
  });

  it("what whoever hears of progress throws is the request's failure, and the next one is answered", async () => {
    const { ask } = engine();
    const progress = () => {
      throw new Error("nobody listens");
    };
    const failing = ask({ say: "one", steps: 3 }, { progress });
    const next = ask({ say: "two" });
    await expect(failing).rejects.toThrow("nobody listens");
    expect(await next).toMatchObject({ said: "two" });
  });

  it("says so when Python dies, and starts another for the next request", async () => {
    const { ask } = engine();
    const dying = ask({ does: "die" });
    const next = ask({ say: "still there" });
    await expect(dying).rejects.toMatchObject({ code: "ENGINE_FAILED", what: expect.stringMatching(/SIGKILL.*the last words/s) });
    expect(await next).toMatchObject({ said: "still there" });
  });

  it("an abort ends its own request and the child with it; the others are answered", async () => {
    const { ask } = engine();
    const abort = new AbortController();
    const file = join(dir, "working");
    const working = ask({ does: "wait", file }, { signal: abort.signal });
    const waiting = ask({ say: "never" }, { signal: abort.signal });
    const other = ask({ say: "other" });
    const pid = await pidIn(file);
    abort.abort(new Error("enough"));
    await expect(working).rejects.toMatchObject({ code: "ABORTED", what: expect.stringContaining("enough") });
    await expect(waiting).rejects.toMatchObject({ code: "ABORTED", what: expect.stringContaining("enough") });
    expect(await other).toMatchObject({ said: "other" });
    await gone(pid);
  });

  it("an aborted request that waits for its turn leaves the one at work alone", async () => {
    const { ask } = engine();
    const abort = new AbortController();
    const first = ask({ say: "first", steps: 3 });
    const second = ask({ say: "second" }, { signal: abort.signal });
    abort.abort("no more");
    await expect(second).rejects.toMatchObject({ code: "ABORTED", cause: "no more" });
    expect(await first).toMatchObject({ said: "first" });
  });

  it("tells that Python is missing", async () => {
    process.env.TROUPE_PYTHON = join(dir, "no-such-python");
    try {
      await expect(pythonEnvironment("missing", "")).rejects.toMatchObject({
        code: "PYTHON_MISSING",
        hint: expect.stringContaining("venv"),
      });
    } finally {
      delete process.env.TROUPE_PYTHON;
    }
  });

  it("tells what pip said when an environment cannot be made", async () => {
    await withIndex("absent", async () => {
      await expect(pythonEnvironment("broken", `troupe-no-such-package==1 ${noHash}`)).rejects.toMatchObject({
        code: "PYTHON_SETUP",
        what: expect.stringContaining("troupe-no-such-package==1"),
      });
    });
  });

  it("two processes that want one environment make it once", async () => {
    const script = await standIn(`
      const { pythonEnvironment } = await load("environment.ts");
      console.log(await pythonEnvironment("shared", "", { progress: (message) => console.log(message) }));
    `);
    const outputs = await Promise.all([output(script), output(script)]);
    expect(outputs.filter((text) => text.includes("makes a virtual environment"))).toHaveLength(1);
    const [a, b] = outputs.map((text) => text.trim().split("\n").at(-1)!);
    expect(a).toBe(b);
    expect(existsSync(a!)).toBe(true);
  });

  it("an idle child neither keeps Node alive nor outlives it", async () => {
    const script = await standIn(`
      const { pid } = await engine.ask({});
      console.log(pid);
    `);
    await gone(Number((await output(script)).trim()));
  });

  it("is waited for by a program that closes it", async () => {
    const script = await standIn(`
      await engine.ask({});
      await engine.close();
      console.log("closed");
    `);
    expect(await output(script)).toBe("closed\n");
  });

  it("dies with a process that is killed: idle, and at work", async () => {
    const file = join(dir, "killed");
    const idle = await standIn(`
      const { pid } = await engine.ask({});
      console.log(pid);
      setInterval(() => {}, 1000);
    `);
    const child = node(idle);
    const pid = Number(await firstLine(child));
    child.kill("SIGKILL");
    await gone(pid);

    const busy = node(await standIn(`await engine.ask({ does: "wait", file: ${JSON.stringify(file)} });`));
    const working = await pidIn(file);
    busy.kill("SIGKILL");
    await gone(working);
  });

  it("an abort or a kill while pip works leaves no process behind", async () => {
    await withIndex("silent", async (asked) => {
      const abort = new AbortController();
      const setup = pythonEnvironment("slow", `troupe-slow==1 ${noHash}`, { signal: abort.signal });
      await asked();
      const pids = processesWith("slow-");
      expect(pids.length).toBeGreaterThan(0);
      abort.abort("enough");
      await expect(setup).rejects.toBe("enough");
      for (const pid of pids) await gone(pid);
    });
    await withIndex("silent", async (asked) => {
      const child = node(
        await standIn(`
          const { pythonEnvironment } = await load("environment.ts");
          await pythonEnvironment("slow", "troupe-slow==1 ${noHash}");
        `),
      );
      await asked();
      const pids = processesWith("slow-");
      expect(pids.length).toBeGreaterThan(1);
      child.kill("SIGKILL");
      for (const pid of pids) await gone(pid);
    });
  });
});

/** A program of its own, loaded from source: what can be killed. */
async function standIn(body: string): Promise<string> {
  const require = createRequire(import.meta.url);
  const jiti = pathToFileURL(join(require.resolve("jiti/package.json"), "../lib/jiti.mjs")).href;
  const core = fileURLToPath(new URL("../../../core/src/index.ts", import.meta.url));
  const path = join(await mkdtemp(join(dir, "program-")), "program.mjs");
  await writeFile(
    path,
    `import { createJiti } from ${JSON.stringify(jiti)};
    const jiti = createJiti(import.meta.url, { alias: { "@troupe/core": ${JSON.stringify(core)} } });
    const load = (name) => jiti.import(new URL(name, ${JSON.stringify(new URL(".", import.meta.url).href)}).href);
    const engine = (await load("engine.ts")).pythonEngine("echo", ${JSON.stringify(dir)});
    ${body}`,
  );
  return path;
}

const node = (script: string) => spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });

async function output(script: string): Promise<string> {
  const child = node(script);
  let text = "";
  child.stdout.on("data", (data) => (text += data));
  const code = await new Promise((done) => child.once("close", done));
  expect(code).toBe(0);
  return text;
}

const firstLine = (child: ChildProcess) =>
  new Promise<string>((done) => child.stdout!.once("data", (data) => done(String(data).split("\n")[0]!)));

async function pidIn(file: string): Promise<number> {
  for (;;) {
    const text = await readFile(file, "utf8").catch(() => "");
    if (text) return Number(text);
    await sleep(20);
  }
}

/** Waits until a process is gone; one that is dead and not yet collected counts as gone. */
async function gone(pid: number): Promise<void> {
  expect(pid).toBeGreaterThan(1);
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    if (existsSync(`/proc/${pid}/stat`) && / Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"))) return;
    await sleep(20);
  }
}

/** Processes of this test, by a word of their command. */
function processesWith(word: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
        return command.includes(word) && command.includes(dir);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** A package index that has nothing, or never answers; `asked` settles when pip has asked it. */
async function withIndex(kind: "absent" | "silent", work: (asked: () => Promise<void>) => Promise<void>): Promise<void> {
  let heard = () => {};
  const asked = new Promise<void>((done) => {
    heard = done;
  });
  const server = createServer((_, answer) => {
    heard();
    if (kind === "absent") answer.writeHead(404).end();
  }).listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  await mkdir(join(dir, "cache"), { recursive: true });
  process.env.PIP_INDEX_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple`;
  try {
    await work(() => asked);
  } finally {
    delete process.env.PIP_INDEX_URL;
    server.closeAllConnections();
    server.close();
  }
}
