import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { guardedChild } from "./guarded-child.js";
import { howEnded } from "./how-ended.js";
import { isAlive } from "./is-alive.fixture.js";
import { until } from "./until.fixture.js";
import { withoutFiles } from "./without-files.fixture.js";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "troupe-guard-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const jiti = pathToFileURL(join(createRequire(import.meta.url).resolve("jiti/package.json"), "../lib/jiti.mjs")).href;

/** A program that starts another, writes both their ids into a file, and ends for nothing but SIGKILL. */
const stubborn = `
  const { spawn } = require("node:child_process");
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => undefined);
  setInterval(() => undefined, 1000);
  if (process.argv[1] === "inner") process.send("here");
  else {
    const inner = spawn(process.execPath, ["-e", process.env.SELF, "inner"], { stdio: ["ignore", "ignore", "ignore", "ipc"] });
    inner.once("message", () => require("node:fs").writeFileSync(process.argv[1], process.pid + " " + inner.pid));
  }`;
const program = (note: string) => ({ command: process.execPath, args: ["-e", stubborn, note], env: { SELF: stubborn } });
const pidsIn = async (note: string) => (await until(() => readFile(note, "utf8"))).split(" ").map(Number);

it("ends a program with all that it started, at once or in time", async () => {
  for (const how of ["kill", "end"] as const) {
    const note = join(dir, how);
    const child = guardedChild(program(note));
    const pids = await pidsIn(note);
    expect(pids.map(isAlive)).toEqual([true, true]);
    child[how]();
    await child.gone;
    for (const pid of pids) await until(() => !isAlive(pid));
  }
});

it.each(["SIGKILL", "SIGINT", "SIGTERM"] as const)("ends it when the process that started it is ended by %s", async (signal) => {
  const note = join(dir, signal);
  const starts = `
    import { createJiti } from ${JSON.stringify(jiti)};
    const { guardedChild } = await createJiti(import.meta.url).import(${JSON.stringify(fileURLToPath(new URL("./guarded-child.ts", import.meta.url)))});
    guardedChild(${JSON.stringify(program(note))});`;
  const parent = spawn(process.execPath, ["--input-type=module", "-e", starts], { stdio: ["ignore", "ignore", "inherit"] });
  const pids = await pidsIn(note);
  parent.kill(signal);
  await once(parent, "exit");
  for (const pid of pids) await until(() => !isAlive(pid));
});

it.skipIf(process.platform === "win32")("tells that it does not start where no more files can be opened", async () => {
  const stdout = await withoutFiles(
    new URL("./guarded-child.ts", import.meta.url),
    `const child = it.guardedChild({ command: "node" });
    child.keepAlive(true);
    console.log(await child.gone);
    child.kill();`,
  );
  expect(stdout).toBe("EMFILE\n");
});

it("tells how a program ended, or that there is none, and what it said", async () => {
  const failing = guardedChild({
    command: process.execPath,
    args: ["-e", `console.error("https://me:secret@host is shut"); process.exit(4)`],
  });
  expect(await failing.gone).toBe(4);
  expect(failing.errors()).toBe("https://***@host is shut");
  expect(await howEnded(failing)).toEqual({ how: "ended with exit code 4: https://***@host is shut" });
  const lacking = guardedChild({ command: process.execPath, args: ["-e", 'require("no-such-package")'] });
  expect((await howEnded(lacking)).how).toBe("ended with exit code 1: Error: Cannot find module 'no-such-package'");
  const none = join(dir, "nothing");
  expect(await howEnded(guardedChild({ command: none }))).toEqual({ how: `does not start: ${none} (ENOENT)`, unstarted: "ENOENT" });
  expect(await guardedChild({ command: join(dir, "nothing") }).gone).toBe("ENOENT");
  expect(await guardedChild({ command: "node", cwd: join(dir, "nowhere") }).gone).toBe("ENOENT");
});
