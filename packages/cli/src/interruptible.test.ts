import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { oneSpecialist, project, zod } from "./fixtures/project.js";
import { program, troupeOnTerminal } from "./fixtures/troupe.js";

/** A specialist that holds the thread for so long, once it has said so. */
const busy = (ms: number) =>
  oneSpecialist(
    "{}",
    "{ done: z.string() }",
    `() => { writeSync(2, "at work\\n"); for (const end = Date.now() + ${ms}; Date.now() < end; ); return { done: "indeed" }; }`,
    'import { writeSync } from "node:fs";',
  );

it("after a run, Ctrl-C is again for the program that began it", async () => {
  const cwd = project({
    "busy.mjs": busy(1),
    "main.mjs": `
import { runGraph } from ${JSON.stringify(new URL("../dist/index.js", import.meta.url))};
import { defineGraph, END, specialist } from ${JSON.stringify(import.meta.resolve("@troupe/core").replace("/src/index.ts", "/dist/index.js"))};
import { z } from ${JSON.stringify(zod)};
const one = specialist({ name: "one", does: "x", input: z.object({}), output: z.object({}), run: () => ({}) });
const graph = defineGraph({ name: "g", state: {}, input: [], output: [], nodes: { one }, start: "one", edges: { one: END } });
process.on("SIGINT", () => process.exit(7));
await runGraph({ graph, input: {}, file: "main.mjs" });
console.log("after the run");
setInterval(() => {}, 1_000);`,
  });
  const running = program([`${cwd}/main.mjs`], { cwd });
  await running.said("after the run");
  running.child.kill("SIGINT");
  expect(await running).toMatchObject({ code: 7, signal: null });
});

it("a command that is over before Ctrl-C is listened for goes on to its end", async () => {
  const cwd = project({
    "main.mjs": `
import { interruptible } from "./interruptible.mjs";
const stop = interruptible();
for (const end = Date.now() + 1_000; Date.now() < end; );
await stop.done();
console.log("over");`,
  });
  const entryPoints = [fileURLToPath(new URL("interruptible.ts", import.meta.url))];
  await build({ entryPoints, outfile: `${cwd}/interruptible.mjs`, bundle: true, platform: "node", format: "esm" });
  expect(await program([`${cwd}/main.mjs`], { cwd })).toMatchObject({ code: 0, out: "over\n" });
});

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
    const cwd = project({ "busy.mjs": busy(6_000) });
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
