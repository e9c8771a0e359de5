import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { startable } from "./set-up.mjs";

test("programs of npm's are started through a shell on Windows, where they are .cmd files, and directly elsewhere", () => {
  const turbo = "C:\\My Work\\node_modules\\.bin\\turbo";
  expect(startable(turbo, ["run", "build", "a b"], "win32")).toEqual({
    command: `"${turbo}"`,
    args: ["run", "build", '"a b"'],
    shell: true,
  });
  expect(startable("npm", ["ci"], "win32")).toEqual({ command: '"npm"', args: ["ci"], shell: true });
  expect(startable("C:\\Program Files\\nodejs\\node.exe", ["a b"], "win32")).toEqual({
    command: "C:\\Program Files\\nodejs\\node.exe",
    args: ["a b"],
    shell: false,
  });
  expect(startable("npm", ["ci", "a b"], "linux")).toEqual({ command: "npm", args: ["ci", "a b"], shell: false });
});

/** A folder whose installation was told to be whole and then lost, with an npm that does `installs`, and how to set up in it. */
function lost(installs) {
  const folder = mkdtempSync(join(tmpdir(), "troupe-set-up-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const program = (path, lines) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `#!/bin/sh\n${lines}\n`);
    chmodSync(join(folder, path), 0o755);
  };
  mkdirSync(join(folder, "scripts"));
  for (const name of ["set-up.mjs", "locked.mjs"]) cpSync(fileURLToPath(new URL(name, import.meta.url)), join(folder, "scripts", name));
  writeFileSync(join(folder, "package-lock.json"), "{}");
  const mark = join(folder, "node_modules/.troupe-installed");
  mkdirSync(dirname(mark));
  writeFileSync(mark, createHash("sha256").update("{}").digest("hex"));
  program("programs/npm", installs);
  const args = ["--input-type=module", "-e", 'import("./scripts/set-up.mjs").then(({ setUp }) => setUp())'];
  return { folder, args, options: { cwd: folder, env: { ...process.env, PATH: `${join(folder, "programs")}:${process.env.PATH}` } } };
}

/** What comes of setting up there. */
function setUpAfterLoss(installs) {
  const { folder, args, options } = lost(installs);
  const { status, stderr } = spawnSync(process.execPath, args, { ...options, encoding: "utf8" });
  const built = join(folder, "built");
  return { status, stderr, built: existsSync(built) && readFileSync(built, "utf8") };
}

const turbo = "node_modules/.bin/turbo";

test.skipIf(process.platform === "win32")("what a broken-off npm took away again is installed anew, whatever was told of it", () => {
  const brings = `mkdir -p node_modules/.bin && printf '#!/bin/sh\\necho yes > built\\n' > ${turbo} && chmod +x ${turbo}`;
  expect(setUpAfterLoss(brings)).toMatchObject({ status: 0, built: "yes\n" });
});

test.skipIf(process.platform === "win32")("where an npm ends well and leaves nothing, the message says what to do", () => {
  const { status, stderr } = setUpAfterLoss("exit 0");
  expect(status).toBe(1);
  expect(stderr).toContain("Run the same command again.");
});

test.skipIf(process.platform === "win32")(
  "an npm that is broken off is gone, and clears up nothing that the next one installs",
  async () => {
    const { folder, args, options } = lost("trap '' INT; touch begun; sleep 2; touch cleared");
    const child = spawn(process.execPath, args, { ...options, detached: true, stdio: "ignore" });
    const code = new Promise((resolve) => child.on("exit", resolve));
    while (!existsSync(join(folder, "begun"))) await wait(20);
    process.kill(-child.pid, "SIGINT");
    expect(await code).toBe(130);
    await wait(2500);
    expect(existsSync(join(folder, "cleared"))).toBe(false);
  },
);

test.skipIf(process.platform === "win32")("two that set up at once do so one after the other, and install once", async () => {
  // As npm does, it takes away first what is there.
  const brings = `echo once >> installs; rm -rf node_modules/.bin; sleep 1
    mkdir -p node_modules/.bin && printf '#!/bin/sh\\necho yes >> built\\n' > ${turbo} && chmod +x ${turbo}`;
  const { folder, args, options } = lost(brings);
  mkdirSync(join(folder, ".troupe"));
  // Left by one that was killed.
  writeFileSync(join(folder, ".troupe/set-up.lock"), "999999999");
  const one = () => new Promise((resolve) => spawn(process.execPath, args, { ...options, stdio: "ignore" }).on("exit", resolve));
  expect(await Promise.all([one(), one()])).toEqual([0, 0]);
  expect(readFileSync(join(folder, "installs"), "utf8")).toBe("once\n");
  expect(readFileSync(join(folder, "built"), "utf8")).toBe("yes\nyes\n");
});
