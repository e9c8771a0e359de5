import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { check, compile, type Plan, type TroupeEvent } from "@troupe/core";
import { afterAll, expect, test, vi } from "vitest";
import graph, { repo } from "./repo.js";
import { scriptedModel } from "./scripted-model.js";

// Agents are programs of their own, and the machine may be busy.
vi.setConfig({ testTimeout: 300_000 });

const dir = realpathSync(mkdtempSync(join(tmpdir(), "troupe-repo-")));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const shop = fileURLToPath(new URL("shop", import.meta.url));
const git = (folder: string, args: readonly string[], input?: string) =>
  execFileSync("git", args, { cwd: folder, input, encoding: "utf8" });
const task = "Mend priceWith: a discount is a part of the price";

/** The shop as a repository of its own. */
function repository(name: string): string {
  const folder = join(dir, name);
  cpSync(shop, folder, { recursive: true });
  git(folder, ["init", "-q"]);
  git(folder, ["add", "-A"]);
  git(folder, ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "first"]);
  return folder;
}

interface Worked {
  readonly diff: string;
  readonly passed: boolean;
  readonly events: readonly TroupeEvent[];
}
async function worked(app: ReturnType<typeof compile>, input: object): Promise<Worked> {
  const events: TroupeEvent[] = [];
  const run = app.events(input);
  for (let step = await run.next(); ; step = await run.next()) {
    if (step.done) return { ...(step.value as Omit<Worked, "events">), events };
    events.push(step.value);
  }
}
const plansIn = (events: readonly TroupeEvent[]) =>
  events.flatMap((one) => (one.kind === "planned" ? [one as unknown as { plan: Plan; by: string }] : []));

test("the graph passes its check", () => expect(check(graph)).toEqual([]));

test("the agent mends, the tests say what is left, and the agent goes on from there; the repository stays as it was", async () => {
  const folder = repository("scripted");
  const { diff, passed, events } = await worked(compile(graph, { trust: { folders: [folder] } }), { task, repository: folder });
  expect(passed).toBe(true);
  expect(plansIn(events).map(({ plan }) => plan.tasks.map(({ member, args }) => [member, Object.keys(args).sort()]))).toEqual([
    [
      ["coder", ["repository", "task"]],
      ["tester", ["diff", "repository"]],
    ],
    [
      ["coder", ["diff", "repository", "task"]],
      ["tester", ["diff", "repository"]],
    ],
  ]);
  expect(git(folder, ["status", "--porcelain"])).toBe("");
  git(folder, ["apply", "-"], diff);
  execFileSync(process.execPath, ["--test"], { cwd: folder, stdio: "ignore" });
});

test("an agent may not change the tests", async () => {
  const folder = repository("tests");
  const agent = `
    import { agent, methods, ndJsonStream } from ${JSON.stringify(import.meta.resolve("@agentclientprotocol/sdk"))};
    import { Readable, Writable } from "node:stream";
    agent().onRequest(methods.agent.initialize, () => ({ protocolVersion: 1 })).onRequest(methods.agent.session.new, ({ params }) => ({ sessionId: params.cwd }))
      .onRequest(methods.agent.session.prompt, async ({ params: { sessionId }, client }) => {
        for (const path of ["test/price.test.js", "package.json", "src/new.js"])
          await client.request(methods.client.fs.writeTextFile, { sessionId, path: sessionId + "/" + path, content: "" }).catch(() => undefined);
        return { stopReason: "end_turn" };
      }).connect(ndJsonStream(Writable.toWeb(process.stdout), Readable.toWeb(process.stdin)));`;
  const one = repo({ command: process.execPath, args: ["--input-type=module", "-e", agent] });
  const { diff, passed } = await worked(compile(one, { trust: { folders: [folder] } }), { task, repository: folder });
  expect(passed).toBe(false);
  expect(diff).toContain("src/new.js");
  expect(diff).not.toContain("price.test.js");
  expect(diff).not.toContain("package.json");
});

const opencode = opencodeHere();

test.skipIf(!opencode)("a real agent works in it: opencode, driven by a model that is scripted", async () => {
  const folder = repository("opencode");
  const home = join(dir, "home");
  const model = await scriptedModel(({ text, given, tools }) => {
    const copy = /(\/[^\s"\\]*troupe-copy-[^\s"\\]*?repository)/.exec(text)?.[1];
    const filePath = `${copy}/src/price.js`;
    if (!tools.includes("edit")) return { text: "A price" };
    if (given.length === 0) return { tool: "read", arguments: { filePath } };
    const newString = "Math.max(0, Math.round(price * (1 - discount) * 100) / 100)";
    if (given.length === 1)
      return { tool: "edit", arguments: { filePath, oldString: "Math.round((price - discount) * 100) / 100", newString } };
    if (given.length === 2) return { tool: "bash", arguments: { command: "touch made-by-a-command", description: "Makes a file" } };
    return { text: "A discount is a part of the price now." };
  });
  const provider = {
    npm: "@ai-sdk/openai-compatible",
    name: "here",
    options: { baseURL: model.url, apiKey: "none" },
    models: { scripted: { name: "scripted", tool_call: true, limit: { context: 32_000, output: 4000 } } },
  };
  const config = {
    provider: { here: provider },
    model: "here/scripted",
    small_model: "here/scripted",
    autoupdate: false,
    share: "disabled",
    permission: { edit: "ask", bash: "ask" },
  };
  mkdirSync(join(home, ".config/opencode"), { recursive: true });
  writeFileSync(join(home, ".config/opencode/opencode.json"), JSON.stringify(config));
  const app = compile(repo({ command: opencode!, args: ["acp"], env: { HOME: home, OPENCODE_DISABLE_MODELS_FETCH: "1" } }), {
    trust: { folders: [folder] },
  });
  try {
    const { diff, passed, events } = await worked(app, { task, repository: folder });
    expect(passed).toBe(true);
    expect(diff).toContain("+  return Math.max(0");
    // A command was asked about, and not allowed, with which this agent ends its turn.
    expect(diff).not.toContain("made-by-a-command");
    expect(events.flatMap((one) => (one.kind === "progress" ? [one.message] : []))).toContainEqual(
      expect.stringMatching(/^is not allowed to execute/),
    );
    expect(git(folder, ["status", "--porcelain"])).toBe("");
  } finally {
    model.close();
  }
});

/** The agent's program, where it is installed for this kind of machine. */
function opencodeHere(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve("opencode-linux-x64/bin/opencode");
  } catch {
    return undefined;
  }
}
