import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { go, python } from "./programs.js";

const from = process.cwd();
const env = { ...process.env };
let planted = "";
afterEach(async () => {
  process.chdir(from);
  process.env = { ...env };
  await rm(planted, { recursive: true, force: true });
});

it("looks for programs without running or heeding anything in the working folder", async () => {
  planted = await mkdtemp(join(tmpdir(), "troupe-planted-"));
  for (const name of ["venv", "ensurepip", "json", "pip"])
    await writeFile(join(planted, `${name}.py`), `open(${JSON.stringify(join(planted, `${name}.ran`))}, "w")\n`);
  await writeFile(join(planted, "go.mod"), "module planted\n\ngo 1.99\n\ntoolchain go1.99.1\n");
  const before = await Promise.all([python(), go()]);
  process.chdir(planted);
  process.env.PYTHONPATH = planted;
  const found = await Promise.all([python(), go()]);
  expect((await readdir(planted)).filter((name) => name.endsWith(".ran"))).toEqual([]);
  expect(found).toEqual(before);
});
