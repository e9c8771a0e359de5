import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { oneSpecialist, project } from "./fixtures/project.js";
import { troupeOnTerminal } from "./fixtures/troupe.js";

/** A specialist that holds the thread for so long, once it has said so. */
const busy = (ms: number) =>
  oneSpecialist(
    "{}",
    "{ done: z.string() }",
    `() => { writeSync(2, "at work\\n"); for (const end = Date.now() + ${ms}; Date.now() < end; ); return { done: "indeed" }; }`,
    'import { writeSync } from "node:fs";',
  );

describe("Ctrl-C on a terminal", () => {
  it("twice ends a loop that never lets go of the thread, with exit code 130", async () => {
    const cwd = project({ "busy.mjs": busy(600_000) });
    const running = troupeOnTerminal(["run", "busy.mjs"], { cwd });
    await running.said("at work");
    running.child.stdin!.write("\u0003");
    await wait(300);
    running.child.stdin!.write("\u0003");
    expect((await running).code).toBe(130);
  });

  it("any number of times in a busy loop is never exit code 0", async () => {
    const cwd = project({ "busy.mjs": busy(3_000) });
    const codes = await Promise.all(
      [1, 3].map(async (times) => {
        const running = troupeOnTerminal(["run", "busy.mjs"], { cwd });
        await running.said("at work");
        for (let i = 0; i < times; i++) running.child.stdin!.write("\u0003");
        return (await running).code;
      }),
    );
    expect(codes).toEqual([130, 130]);
  });
});
