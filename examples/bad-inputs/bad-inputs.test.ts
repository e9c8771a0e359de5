import { spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fileJournal } from "@troupe/core";
import { pull } from "@troupe/nodes";
import { afterAll, describe, expect, test } from "vitest";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "bad-inputs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let journals = 0;

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly journal: string;
}

/** The real command line, in a process of its own, with a journal of its own. */
function troupe(args: readonly string[], { env = {}, journal = join(folder, `${journals++}.db`) } = {}): Promise<Ended> {
  const child = spawn(
    process.execPath,
    [path("../../packages/cli/bin/troupe.js"), ...args, ...(args[0] === "check" ? [] : ["--journal", journal])],
    {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const ended = { out: "", err: "" };
  child.stdout.on("data", (text) => {
    ended.out += text;
  });
  child.stderr.on("data", (text) => {
    ended.err += text;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, ...ended, journal })));
}

const report = path("../field-report/report.ts");
const inputs = { memo: path("../field-report/inputs/memo.wav"), receipt: path("../field-report/inputs/receipt.png"), note: "Site: here" };
const given = (changes: Partial<typeof inputs> = {}) =>
  Object.entries({ ...inputs, ...changes }).flatMap(([name, value]) => ["--input", `${name}=${value}`]);
const misbehaving = (name: string) => ["run", `${path("misbehaving.ts")}#${name}`, "--input", "n=1"];

function expectError({ code, err }: Ended, name: string, ...says: readonly string[]): void {
  expect([code, err]).toEqual([expect.any(Number), expect.stringContaining(`${name}:`)]);
  expect(code).not.toBe(0);
  for (const text of says) expect(err).toContain(text);
  expect(err).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
}

describe("a model", () => {
  const withModel = (model: string, env = {}) =>
    troupe(["run", path("../support-desk/desk.ts"), "--input", "ticket=I was charged twice", "--embeddings", model], { env });

  test("that is not there", async () =>
    expectError(await withModel(`llamacpp:${join(folder, "none.gguf")}`), "MODEL_MISSING", "none.gguf"));

  test("whose file is cut off", async () => {
    const { path: whole } = await pull("minilm");
    const cut = join(folder, "cut.gguf");
    writeFileSync(cut, readFileSync(whole).subarray(0, 1_000_000));
    expectError(await withModel(`llamacpp:${cut}`), "MODEL_DAMAGED", "cut.gguf");
  });

  test("on an Ollama that does not run", async () => {
    expectError(await withModel("ollama:minilm", { OLLAMA_HOST: "http://127.0.0.1:9" }), "OLLAMA_DOWN", "ollama serve", "127.0.0.1:9");
  });
});

describe("a medium", () => {
  test("that is no audio", async () => {
    expectError(
      await troupe(["run", report, ...given({ memo: path("../field-report/inputs/receipt.png") })]),
      "MEDIA_KIND",
      "expected audio, got image/png",
    );
  });

  test("that is not there, which is the command line's fault", async () => {
    const ended = await troupe(["run", report, ...given({ memo: join(folder, "none.wav") })]);
    expectError(ended, "MEDIA_MISSING", "none.wav");
    expect(ended.code).toBe(2);
  });

  test("that is an empty picture", async () => {
    writeFileSync(join(folder, "empty.png"), "");
    expectError(await troupe(["run", report, ...given({ receipt: join(folder, "empty.png") })]), "MEDIA_EMPTY", "empty.png");
  });

  test("that is a damaged recording: what was finished is kept, and can be resumed once it is mended", async () => {
    const memo = join(folder, "memo.wav");
    writeFileSync(memo, Buffer.concat([readFileSync(inputs.memo).subarray(0, 44)]));
    const ended = await troupe(["run", report, ...given({ memo }), "--thread", "t"]);
    expectError(ended, "AUDIO_UNREADABLE", "memo.wav", "troupe resume t");
    copyFileSync(inputs.memo, memo);
    expectError(await troupe(["resume", "t"], { journal: ended.journal }), "MEDIA_CHANGED", "memo.wav");
  }, 600_000);
});

describe("a specialist", () => {
  test.each([
    ["throws", "SPECIALIST_FAILED", "no luck"],
    ["hangs", "TIMEOUT", "200 ms"],
    ["wrongShape", "OUTPUT_INVALID", "out:"],
  ])("that %s fails the run at its place, and what was finished before it is kept", async (name, code, says) => {
    const ended = await troupe([...misbehaving(name), "--thread", "t"]);
    expect(ended.code).toBe(1);
    expectError(ended, code, says, "at only", "troupe resume t");
    const journal = fileJournal(ended.journal);
    const kinds = (await journal.read("t")).map((entry) => ("at" in entry ? `${entry.kind} ${entry.at}` : entry.kind));
    await journal.close();
    expect(kinds).toEqual(["began", "started first", "completed first", "started only", "failed only", "ended"]);
  });
});

test("a planner that answers nonsense for ever is asked a bounded number of times, then the plan fails with its issues and text", async () => {
  let asked = 0;
  const server = createServer((request, response) => {
    request.resume();
    asked++;
    response.writeHead(200, { "content-type": "text/event-stream" });
    const chunk = {
      id: "1",
      model: "m",
      choices: [{ index: 0, delta: { role: "assistant", content: "colourless green ideas " }, finish_reason: null }],
    };
    for (let i = 0; i < 40; i++) response.write(`data: ${JSON.stringify(chunk)}\n\n`);
    response.end("data: [DONE]\n\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const planner = `openai:m@http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const ended = await troupe([...misbehaving("hopeless"), "--planner", planner, "--thread", "t"]);
  server.close();
  expectError(ended, "PLAN_FAILED", "no-plan");
  expect(asked).toBeGreaterThan(0);
  expect(asked).toBeLessThan(10);
  const journal = fileJournal(ended.journal);
  const failed = (await journal.read("t")).find(({ kind }) => kind === "failed") as any;
  await journal.close();
  expect(failed.error.text).toContain("colourless green ideas");
  expect(failed.error.issues).not.toEqual([]);
});

test("a journal of another graph is refused with the difference", async () => {
  const { journal } = await troupe([...misbehaving("throws"), "--thread", "t"]);
  const [before, after] = [fileJournal(journal), fileJournal(`${journal}.changed`)];
  const records = (await before.read("t")).map(({ thread, run, seq, time, ...record }) => record);
  const changed = JSON.parse(JSON.stringify(records).replaceAll('"export":"throws"', '"export":"hangs"'));
  await (await after.hold("t")).append(1, changed);
  await Promise.all([before.close(), after.close()]);
  expectError(
    await troupe(["resume", "t"], { journal: `${journal}.changed` }),
    "GRAPH_CHANGED",
    'name: "throws" -> "hangs"',
    "nodes.only.timeout: added",
  );
});

test("a graph with ten mistakes shows all ten", async () => {
  const { code, out } = await troupe(["check", path("../broken/graph.yaml")]);
  expect(code).toBe(1);
  const lines = out
    .trim()
    .split("\n")
    .filter((line) => /graph\.yaml:\d+: /.test(line));
  expect(new Set(lines.map((line) => /\[([a-z-]+)\]$/.exec(line)![1])).size).toBe(10);
});
