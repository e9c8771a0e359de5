import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { pack } from "../../../scripts/packed.mjs";

const exec = promisify(execFile);
const bin = fileURLToPath(new URL("../bin/create-troupe.js", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "create-troupe-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const create = (...args: string[]) => spawnSync(process.execPath, [bin, ...args], { cwd: scratch, encoding: "utf8" });

describe("npm create troupe", () => {
  it("makes a project that installs, compiles and runs", { timeout: 300_000 }, async () => {
    const { status, stdout } = create("My App");
    expect(status).toBe(0);
    expect(stdout).toContain('cd "My App"\n  npm install\n  npm start');
    const folder = join(scratch, "My App");
    // The packages of this checkout stand in for those of the registry.
    const tarballs = await pack(scratch);
    const path = join(folder, "package.json");
    const made = JSON.parse(readFileSync(path, "utf8"));
    expect(made.name).toBe("my-app");
    const own = Object.fromEntries(Object.entries(tarballs).map(([name, tarball]) => [`@troupe/${name}`, `file:${tarball}`]));
    for (const name of Object.keys(own))
      if (!["@troupe/nodes", "@troupe/weights"].includes(name)) expect(made.dependencies).toHaveProperty([name]);
    writeFileSync(path, JSON.stringify({ ...made, dependencies: { ...made.dependencies, ...own }, overrides: own }));
    await exec("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline"], { cwd: folder });
    await exec("npx", ["tsc"], { cwd: folder });
    const [run, check, draw] = await Promise.all(
      ["start", "run check", "run draw"].map((script) => exec("npm", script.split(" "), { cwd: folder })),
    );
    expect(run!.stdout).toContain("billing");
    expect(check!.stdout).toContain("no issues");
    expect(draw!.stdout).toContain("flowchart");
  });

  it("overwrites nothing, and says what to type", () => {
    mkdirSync(join(scratch, "full"));
    writeFileSync(join(scratch, "full", "mine.txt"), "mine");
    for (const [args, message] of [
      [["full"], /full is not empty.*\n.*another name/],
      [[], /npm create troupe my-app/],
      [["a", "b"], /npm create troupe my-app/],
      [["--help"], /npm create troupe my-app/],
      [["..."], /letter/],
    ] as const) {
      const { status, stderr, stdout } = create(...args);
      expect(stderr + stdout).toMatch(message);
      expect(status).toBe(args[0] === "--help" ? 0 : 2);
    }
  });
});
