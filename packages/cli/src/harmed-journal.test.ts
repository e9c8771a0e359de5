import { execFileSync } from "node:child_process";
import { readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { oneSpecialist, project } from "./fixtures/project.js";
import { troupe } from "./fixtures/troupe.js";

// Each case starts processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000 });

const told = /^JOURNAL_UNWRITABLE: .* its file was cut or overwritten while it was open \(.*journal\.db\)\nPut it back /m;

/** Windows cuts no file that is open. */
describe.runIf(process.platform !== "win32")("a journal that is cut while its run goes on", () => {
  const harming = oneSpecialist(
    "{ stop: z.boolean() }",
    "{ done: z.string() }",
    `async ({ stop }, ctx) => {
      await ctx.once("first", () => "kept");
      truncateSync(".troupe/journal.db");
      if (stop) process.kill(process.pid, "SIGINT");
      await new Promise((resolve) => setTimeout(resolve, stop ? 5000 : 0));
      return { done: "indeed" };
    }`,
    `import { truncateSync } from "node:fs";`,
  );
  const run = (stop: boolean, ...flags: string[]) =>
    troupe(["run", "one.mjs", "--thread", "t", "--input", `stop=${stop}`, ...flags], { cwd: project({ "one.mjs": harming }) });

  it("is told, with how to go on, and nothing is said to be kept", async () => {
    const { code, out, err } = await run(false);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(told);
    expect(err).toMatch(/Once that is done, go on with:\n.* resume t\n$/);
    expect(err).not.toContain("What was finished is kept");
  });

  it("is the last event of whoever reads events", async () => {
    const { code, out } = await run(false, "--json");
    expect(code).toBe(1);
    expect(JSON.parse(out.trim().split("\n").at(-1)!)).toMatchObject({ kind: "ended", error: { code: "JOURNAL_UNWRITABLE" } });
  });

  it("is told by a run that is stopped, too", async () => {
    const { code, err } = await run(true);
    expect(code).toBe(130);
    expect(err).toMatch(told);
    expect(err).not.toContain("What was finished is kept");
  });

  it("is told where all was written, and the result given", async () => {
    const place = project({ "one.mjs": oneSpecialist("{}", "{ done: z.string() }", '() => ({ done: "indeed" })') });
    // The command waits for whoever reads its output.
    execFileSync("mkfifo", [join(place, "out")]);
    const running = troupe(["run", "one.mjs", "--out", "out"], { cwd: place });
    await running.said("done: indeed");
    truncateSync(join(place, ".troupe/journal.db"));
    readFileSync(join(place, "out"));
    const { code, out, err } = await running;
    expect({ code, out }).toEqual({ code: 1, out: "done: indeed\n" });
    expect(err).toMatch(told);
  });
});
