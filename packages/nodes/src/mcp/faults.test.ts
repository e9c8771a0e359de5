import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { appOf, type CompileOptions, type Specialist } from "@troupe/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { isAlive } from "../child/is-alive.fixture.js";
import { until } from "../child/until.fixture.js";
import { type Mcp, type McpProgram, mcp } from "./mcp.js";

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
let dir: string;
const open: Mcp[] = [];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "troupe-mcp-"));
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(open.splice(0).map((one) => one.close()));
  await rm(dir, { recursive: true, force: true });
});

function ill(how = "", more: Partial<McpProgram> = {}): Mcp {
  const made = mcp({ name: "ill", command: process.execPath, args: [here("./fixtures/ill-server.js"), how, join(dir, "note")], ...more });
  open.push(made);
  return made;
}
const run = async (one: Specialist | undefined, request: object = {}, options: CompileOptions = {}) =>
  (await appOf(one!, options).invoke({ request })).answer;
const noted = () => readFile(join(dir, "note"), "utf8");

describe("what a server lists", () => {
  it("is taken page by page; what is no tool, and what cannot be held to, are issues", async () => {
    const { tools, issues } = await ill().offer();
    expect(Object.keys(tools)).toEqual([
      "slow",
      "die",
      "count",
      "huge",
      "env",
      "fails",
      "lies",
      "odd",
      "a.b",
      "a/b",
      "picture",
      "garbled",
      "newer",
      "newerFails",
      "ids",
      "__proto__",
    ]);
    expect(issues.map(({ code, path }) => [code, ...path])).toEqual([
      ["mcp-item-invalid", "tools", "broken"],
      ["mcp-schema-unheld", "tools", "odd", "inputSchema"],
    ]);
    expect(tools.fails?.does).toBe("Fails");
  });

  it("leaves out a template that is none, and offers the rest", async () => {
    const { resources, tools, issues } = await ill("templates").offer();
    expect(Object.keys(resources)).toEqual(["file:///{path}"]);
    expect(tools.count).toBeDefined();
    expect(issues).toContainEqual(expect.objectContaining({ code: "mcp-item-invalid", path: ["resourceTemplates", "broken"] }));
  });

  it("has names of its own where two come to the same", async () => {
    const { tools, prompts } = await ill().offer();
    expect(Object.entries(prompts).map(([key, { name }]) => [key, name])).toEqual([["constructor", "ill_constructor"]]);
    expect([tools["a.b"]?.name, tools["a/b"]?.name]).toEqual(["ill_a_b", "ill_a_b_2"]);
    expect((await run(tools["a/b"])).text).toBe('["a/b",{}]');
  });

  it("that cannot be held to is handed on as it is", async () => {
    const { tools } = await ill().offer();
    expect((await run(tools.odd, { at: "full" })).text).toBe('["odd",{"at":"full"}]');
  });

  it("without an end is an error", async () => {
    await expect(ill("endless").offer()).rejects.toMatchObject({ code: "MCP_ANSWER" });
  });
});

describe("a tool", () => {
  it("that gives a number with more digits than a number holds gives its text, and no other number", async () => {
    const { tools } = await ill().offer();
    expect((await run(tools.ids)).data).toEqual({ id: "12345678901234567890", said: 'id 98765432109876543210 \\" 1', n: 7 });
  });

  it("that fails is an error with all that it said", async () => {
    const { tools } = await ill().offer();
    await expect(run(tools.fails)).rejects.toMatchObject({
      code: "MCP_TOOL_FAILED",
      what: expect.stringContaining("no such day"),
      detail: { text: 'no such day\n{"code":"DAY","retry":30}' },
    });
  });

  it("is held to the fields that it declares, and to the kind of media that it says", async () => {
    const { tools } = await ill().offer();
    await expect(run(tools.lies)).rejects.toMatchObject({ code: "OUTPUT_INVALID" });
    await expect(run(tools.picture)).rejects.toMatchObject({ code: "MEDIA_KIND" });
  });

  it("is an error where its bytes are garbled, or a part of it is of no kind that is known", async () => {
    const { tools } = await ill().offer();
    await expect(run(tools.garbled)).rejects.toMatchObject({ code: "MCP_ANSWER", what: expect.stringContaining("base64") });
    await expect(run(tools.newer)).rejects.toMatchObject({ code: "MCP_ANSWER", what: expect.stringContaining("hologram") });
  });

  it("says why it failed, whatever stands beside that", async () => {
    const { tools } = await ill().offer();
    await expect(run(tools.newerFails)).rejects.toMatchObject({ code: "MCP_TOOL_FAILED", detail: { text: "quota is spent" } });
  });

  it("gives no more than the run's limits allow", async () => {
    const { tools } = await ill().offer();
    await expect(run(tools.huge)).rejects.toMatchObject({ code: "LIMIT_CROSSED" });
    expect((await run(tools.huge, {}, { limits: { characters: 4_000_000 } })).text).toHaveLength(3_000_000);
  });

  it("sends no message larger than the connection's limits", async () => {
    const { tools } = await ill("", { limits: { mediaBytes: 1000, jsonSize: 100_000 } }).offer();
    await expect(run(tools.huge)).rejects.toMatchObject({ code: "MCP_GONE", what: expect.stringContaining("more than 101,334 bytes") });
    expect((await run(tools.count)).text).toBe("1");
  });
});

describe("a server", () => {
  it("is given no key of the environment, and what it was meant to have", async () => {
    process.env.SECRET_KEY = "hidden";
    const { tools } = await ill("", { env: { ITS_KEY: "given" } }).offer();
    const env = JSON.parse(String((await run(tools.env)).text));
    delete process.env.SECRET_KEY;
    expect(env).toMatchObject({ ITS_KEY: "given", PATH: process.env.PATH });
    expect(env.SECRET_KEY).toBeUndefined();
    expect(env.NODE_OPTIONS).toBeUndefined();
  });

  it("that does not start, or ends at once, says why", async () => {
    await expect(mcp({ name: "none", command: join(dir, "nothing") }).offer()).rejects.toMatchObject({
      code: "MCP_UNREACHABLE",
      what: expect.stringContaining("ENOENT"),
    });
    await expect(ill("refuse").offer()).rejects.toMatchObject({
      code: "MCP_UNREACHABLE",
      what: expect.stringMatching(/exit code 3: no key is set/),
    });
  });

  it("that says nothing is given up", async () => {
    // Time passes where this test says so: on a busy machine a server takes longer to start than an answer may.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const failureAfter = async (ms: number, work: Promise<unknown>) => {
      let failure: unknown;
      work.catch((error) => {
        failure = error;
      });
      for (let passed = 0; !failure && passed <= ms; ) {
        if (vi.getTimerCount() > 0) {
          passed += 100;
          await vi.advanceTimersByTimeAsync(100);
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
      return failure;
    };
    const most = { timeout: 300 };
    expect(await failureAfter(300, ill("silent", most).offer())).toMatchObject({ code: "MCP_TIMEOUT" });
    const { tools } = await ill("", most).offer();
    // What it tells at first begins its time anew.
    expect(await failureAfter(600, run(tools.slow))).toMatchObject({ code: "MCP_TIMEOUT" });
    expect((await run(tools.count)).text).toBe("1");
  });

  it("that dies while it works is an error; the next request starts it anew", async () => {
    const { tools } = await ill().offer();
    expect((await run(tools.count)).text).toBe("1");
    await expect(run(tools.die)).rejects.toMatchObject({ code: "MCP_GONE", what: expect.stringMatching(/exit code 7: out of luck/) });
    expect((await run(tools.count)).text).toBe("1");
    expect((await run(tools.count)).text).toBe("2");
  });

  it("is told when a run is aborted", async () => {
    const { tools } = await ill().offer();
    const abort = new AbortController();
    const running = async () => {
      const events = appOf(tools.slow!).events({ request: {} }, { signal: abort.signal });
      for await (const event of events) if (event.kind === "progress") abort.abort();
    };
    await expect(running()).rejects.toThrow();
    expect(JSON.parse(await until(noted))).toMatchObject({ requestId: expect.any(Number) });
  });

  it("is ended by close, even where it does not end by itself", async () => {
    const server = ill("stays");
    await server.offer();
    const pid = Number(await noted());
    await server.close();
    await until(() => !isAlive(pid));
  });

  /** A program of its own, in which `stays` is a server that ends for nothing but SIGKILL. */
  const program = (lines: string) => {
    const jiti = pathToFileURL(join(createRequire(import.meta.url).resolve("jiti/package.json"), "../lib/jiti.mjs")).href;
    const args = JSON.stringify([here("./fixtures/ill-server.js"), "stays", join(dir, "note")]);
    const code = `
      import { createJiti } from ${JSON.stringify(jiti)};
      const jiti = createJiti(import.meta.url, { alias: { "@troupe/core": ${JSON.stringify(here("../../../core/src/index.ts"))} } });
      const { mcp } = await jiti.import(${JSON.stringify(here("./mcp.ts"))});
      const stays = mcp({ name: "ill", command: process.execPath, args: ${args} });
      ${lines}`;
    return spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  };

  it("does not keep the program that started it running, and ends with it", { timeout: 120_000 }, async () => {
    expect(await once(program("await stays.offer();"), "exit")).toEqual([0, null]);
    const pid = Number(await noted());
    await until(() => !isAlive(pid));
  });

  it("is waited for by a program that closes it", { timeout: 120_000 }, async () => {
    const child = program('await stays.offer(); await stays.close(); console.log("closed");');
    let said = "";
    child.stdout!.on("data", (data) => {
      said += data;
    });
    expect(await once(child, "close")).toEqual([0, null]);
    expect(said).toBe("closed\n");
  });
});

describe("what declares no server", () => {
  it.each<[string, unknown, string]>([
    ["nothing", undefined, "OPTION_INVALID"],
    ["a text", "files", "OPTION_INVALID"],
    ["no name", { command: "node" }, "MCP_INVALID"],
    ["neither a program nor an address", { name: "x" }, "OPTION_INVALID"],
    ["both", { name: "x", command: "node", url: "http://127.0.0.1:1" }, "OPTION_INVALID"],
    ["a slip", { name: "x", comand: "node" }, "OPTION_INVALID"],
    ["an empty command", { name: "x", command: "" }, "OPTION_INVALID"],
    ["arguments in one text", { name: "x", command: "node", args: "-e 1" }, "OPTION_INVALID"],
    ["a time that is none", { name: "x", command: "node", timeout: "soon" }, "OPTION_INVALID"],
    ["tools that only read, in one text", { name: "x", command: "node", readOnly: "search" }, "OPTION_INVALID"],
    ["an address of no server", { name: "x", url: "localhost:3000" }, "OPTION_INVALID"],
    ["a key that is not set", { name: "x", url: "http://127.0.0.1:1", headers: { authorization: undefined } }, "OPTION_INVALID"],
    ["headers for a program", { name: "x", command: "node", headers: {} }, "OPTION_INVALID"],
    ["a limit that is none", { name: "x", command: "node", limits: { bytes: 1 } }, "OPTION_INVALID"],
  ])("is refused where it is declared: %s", (_, options, code) => {
    expect(() => mcp(options as any)).toThrow(expect.objectContaining({ code }));
  });

  it("nor is a signal that is none one to be asked with", async () => {
    for (const ask of [null, { signal: 5 }]) await expect(ill().offer(ask as any)).rejects.toMatchObject({ code: "OPTION_INVALID" });
  });
});

describe("a server that does not answer yet", () => {
  const pid = async () => {
    await until(() => existsSync(join(dir, "note")));
    return Number(await noted());
  };

  it("does not hold up who closes it", async () => {
    const server = ill("silent");
    const failed = expect(server.offer()).rejects.toMatchObject({ code: "MCP_UNREACHABLE", what: expect.stringContaining("closed") });
    const started = await pid();
    await server.close();
    await failed;
    await until(() => !isAlive(started));
  });

  it("is ended once nobody waits for it, and not before", async () => {
    const server = ill("silent");
    const stops = [new AbortController(), new AbortController()];
    const asked = stops.map(({ signal }) => server.offer({ signal }).catch((thrown) => thrown));
    const started = await pid();
    for (const [i, stop] of stops.entries()) {
      expect(isAlive(started)).toBe(true);
      stop.abort(`enough ${i}`);
      expect(await asked[i]).toMatchObject({ code: "ABORTED", cause: `enough ${i}` });
    }
    await until(() => !isAlive(started));
  });
});
