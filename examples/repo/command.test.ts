import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test, vi } from "vitest";
import { isAlive } from "../../packages/nodes/src/child/is-alive.fixture.js";
import { until } from "../../packages/nodes/src/child/until.fixture.js";

// Agents are programs of their own, and the machine may be busy.
vi.setConfig({ testTimeout: 300_000 });

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const root = path("../..");
const dir = realpathSync(mkdtempSync(join(tmpdir(), "troupe-command-")));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** `troupe` from the project's folder, with a folder for its temporary files and its journal. */
function troupe(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const all = [path("../../packages/cli/bin/troupe.js"), ...args, "--journal", join(folder, "journal.db")];
  const child = spawn(process.execPath, all, {
    cwd: root,
    env: { ...process.env, TMPDIR: folder, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.on("data", (data) => {
    said += data;
  });
  child.stderr.on("data", (data) => {
    said += data;
  });
  return { child, ended: once(child, "exit"), said: () => said };
}

test("the README's first command mends the shop", async () => {
  const [, line] = /^npx troupe (.*)$/m.exec(readFileSync(path("README.md"), "utf8"))!;
  const args = [...line!.matchAll(/"([^"]*)"|(\S*?)"([^"]*)"|(\S+)/g)].map(
    ([, whole, begun = "", rest = "", word]) => whole ?? word ?? begun + rest,
  );
  const { ended, said } = troupe(mkdtempSync(join(dir, "whole-")), args);
  expect(await ended).toEqual([0, null]);
  expect(said()).toMatch(/passed: true/);
  expect(said()).toMatch(/\+ {2}return Math\.max\(0/);
});

test.each(["SIGKILL", "SIGINT"] as const)("%s leaves no agent behind, nor what it started", async (signal) => {
  const folder = mkdtempSync(join(dir, signal));
  const note = join(folder, "pids");
  const input = ["--input", `task=run ${note}\nhang`, "--input", "repository=examples/repo/shop"];
  const agent = `${process.execPath} ${path("../../packages/nodes/src/coding/fixtures/agent.js")}`;
  const { child, ended } = troupe(folder, ["run", "examples/repo/repo.ts", ...input], { CODING_AGENT: agent });
  const pids = await until(() => readFileSync(note, "utf8").split(" ").map(Number));
  expect(pids.map(isAlive)).toEqual([true, true]);
  child.kill(signal);
  expect(await ended).toEqual(signal === "SIGINT" ? [130, null] : [null, "SIGKILL"]);
  for (const pid of pids) await until(() => !isAlive(pid));
  // Where it was killed, nobody is left to take the copy away.
  if (signal === "SIGINT") expect(readdirSync(folder).filter((name) => name.startsWith("troupe-copy-"))).toEqual([]);
});
