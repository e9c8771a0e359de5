import { execFile, execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { fileJournal } from "@troupe/core";
import { expect, it, vi } from "vitest";
import { oneSpecialist, project } from "./fixtures/project.js";
import { bin, troupe } from "./fixtures/troupe.js";

// Each case starts processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000 });

const one = oneSpecialist("{}", "{ done: z.string() }", '() => ({ done: "indeed" })');

it("threads are listed, pruned to their last run and deleted", async () => {
  const cwd = project({ "one.mjs": one });
  const line = (...words: string[]) => troupe(["threads", ...words], { cwd });
  for (const thread of ["monday", "monday", "tuesday"])
    expect((await troupe(["run", "one.mjs", "--thread", thread], { cwd })).code).toBe(0);
  expect((await line()).out).toMatch(/^tuesday {2}done {2}one, 1 run, 2.*\nmonday {2}done {2}one, 2 runs, 2.*\n$/);
  expect(await line("prune", "monday")).toMatchObject({ code: 0, out: "1 earlier run of monday removed\n" });
  expect(JSON.parse((await line("prune", "monday", "--json")).out)).toEqual({ thread: "monday", runs: 0 });
  expect((await troupe(["resume", "monday"], { cwd })).out).toBe("done: indeed\n");
  expect(await line("delete", "monday")).toMatchObject({ code: 0, out: "monday removed\n" });
  expect(JSON.parse((await line("--json")).out)).toMatchObject([{ thread: "tuesday", runs: 1, status: "done" }]);
  expect(await line("delete", "tuseday")).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^THREAD_UNKNOWN: [\s\S]*Did you mean tuesday/),
  });

  const journal = fileJournal(join(cwd, ".troupe/journal.db"));
  await journal.hold("tuesday");
  for (const word of ["delete", "prune"]) {
    expect(await line(word, "tuesday")).toMatchObject({ code: 1, err: expect.stringMatching(/^THREAD_BUSY: /) });
  }
  await journal.close();
});

it("where there is no journal, none is made", async () => {
  const cwd = project();
  for (const words of [["threads"], ["threads", "delete", "t"]])
    expect(await troupe(words, { cwd })).toMatchObject({ code: 2, err: expect.stringMatching(/^THREAD_UNKNOWN: There is no journal/) });
});

it.runIf(process.platform !== "win32")("the command that a run prints goes on with its thread, whatever that is called", async () => {
  const cwd = project({ "one.mjs": one });
  const shell = (command: string) => promisify(execFile)("bash", ["-c", command], { cwd });
  for (const thread of ["-dash", "--help", "it's\na \\ line", "👩\u200d🔬", "\u202eodd\u{e0001}\t"]) {
    const { err } = await troupe(["run", "one.mjs", `--thread=${thread}`, "--journal", "odd \u00adname.db"], { cwd });
    const [, told = ""] = /go on with:\n {2}(.*)\n/.exec(err) ?? [];
    expect([thread, (await shell(told.replace(/^.*? resume /, `'${process.execPath}' '${bin}' resume `))).stdout]).toEqual([
      thread,
      "done: indeed\n",
    ]);
  }
});

/** Whether a folder may be made one that nothing can be written to. */
function mayMount(): boolean {
  try {
    execFileSync("unshare", ["-rm", "mount", "-t", "tmpfs", "none", tmpdir()], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

it.runIf(mayMount())("threads are listed, and a finished one gives its output, where nothing can be written", async () => {
  const cwd = project({ "one.mjs": one });
  const journal = join(cwd, ".troupe");
  expect((await troupe(["run", "one.mjs", "--thread", "monday"], { cwd })).code).toBe(0);
  const reading = (words: string) => {
    const script = `mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec '${process.execPath}' '${bin}' ${words}`;
    return promisify(execFile)("unshare", ["-rm", "sh", "-c", script, journal], { cwd });
  };
  expect((await reading("threads")).stdout).toMatch(/^monday {2}done {2}one, 1 run/);
  expect((await reading("resume monday")).stdout).toBe("done: indeed\n");
  await expect(reading("threads delete monday")).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/^JOURNAL_UNWRITABLE: /) });
});
