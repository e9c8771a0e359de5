import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
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

const create = (...args: string[]) => spawnSync(process.execPath, [bin, ...args], { cwd: scratch, encoding: "utf8", timeout: 20_000 });

describe("npm create troupe", () => {
  it("makes a project that installs, compiles and runs", { timeout: 300_000 }, async () => {
    const { status, stdout } = create("My App");
    expect(status).toBe(0);
    expect(stdout).toContain("cd 'My App'\n  npm install\n  npm start");
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
    // As its README says.
    const other = await exec("npm", ["start", "--", "--input", "ticket=The app crashes"], { cwd: folder });
    expect(other.stdout).toContain("Our bug team");
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
      [[""], /npm create troupe my-app/],
      [["日本語"], /letter from a to z/],
    ] as const) {
      const { status, stderr, stdout } = create(...args);
      expect(stderr + stdout).toMatch(message);
      expect(status).toBe(args[0] === "--help" ? 0 : 2);
    }
  });

  it("says why a folder cannot be made, in a line and what to do", () => {
    writeFileSync(join(scratch, "taken"), "mine");
    symlinkSync("nowhere", join(scratch, "dangling"));
    // Of a folder in /proc Linux says that /proc is not there.
    const nowhere = process.platform === "linux" ? ["/proc/app", "/proc/some/app"] : [];
    for (const given of ["taken", "taken/app", "dangling", "dangling/app", "x".repeat(300), ...nowhere]) {
      const { status, stderr, stdout } = create(given);
      expect({ given, status, stdout }).toEqual({ given, status: 2, stdout: "" });
      expect(stderr).toMatch(/^.* could not be made: .*\n.*name that is free.*\n$/);
    }
    expect(readFileSync(join(scratch, "taken"), "utf8")).toBe("mine");
  });

  it("makes one in a repository that was just begun, of a name that npm takes, and says how a shell gets there", () => {
    mkdirSync(join(scratch, "begun", ".git"), { recursive: true });
    const named = (given: string) => {
      const { status, stdout } = create(given);
      expect({ given, status }).toEqual({ given, status: 0 });
      // Whatever the name is made of, it is what the shell goes to.
      const line = stdout.split("\n").find((one) => one.startsWith("  cd "))!;
      const gone = spawnSync("sh", ["-c", `${line.trim()} && pwd`], { cwd: scratch, encoding: "utf8" });
      expect(gone.stdout.trim()).toBe(realpathSync(join(scratch, given)));
      expect(readdirSync(join(scratch, given))).toContain(".gitignore");
      return JSON.parse(readFileSync(join(scratch, given, "package.json"), "utf8")).name;
    };
    expect(named("begun")).toBe("begun");
    expect(named("Über uns")).toBe("uber-uns");
    expect(named("$HOME's `app`")).toBe("home-s-app");
    expect(named("y".repeat(230))).toBe("y".repeat(214));
  });
});
